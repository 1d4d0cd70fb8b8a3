using System.Globalization;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Images;

namespace ImovoSim.Testcontainers;

/// <summary>Builds a simulator in a container: <c>await using var imovo = new ImovoSimBuilder("imovo-sim").Build();</c></summary>
/// <remarks>Nothing outlives it unless a store is given: a test wants to begin anew, and no disk to wait for.</remarks>
public sealed class ImovoSimBuilder : ContainerBuilder<ImovoSimBuilder, ImovoSimContainer, ImovoSimConfiguration>
{
    /// <summary>The port that the simulator has in its container.</summary>
    public const ushort HttpPort = 8080;

    private const string CampaignsFile = "/app/campaigns.json";
    private const string ProfileFile = "/app/profile.json";

    // A container is there in a few tenths of a second; asked only once a second, as is usual, it would seem to need a whole one.
    private static readonly TimeSpan AskedEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>A simulator from an image.</summary>
    /// <param name="image">The image's name, such as <c>imovo-sim</c> where <c>docker build -t imovo-sim .</c> has made it.</param>
    public ImovoSimBuilder(string image)
        : this(new DockerImage(image))
    {
    }

    /// <summary>A simulator from an image.</summary>
    /// <param name="image">The image.</param>
    public ImovoSimBuilder(IImage image)
        : this(new ImovoSimConfiguration()) =>
        DockerResourceConfiguration = Init().WithImage(image).DockerResourceConfiguration;

    private ImovoSimBuilder(ImovoSimConfiguration configuration)
        : base(configuration) =>
        DockerResourceConfiguration = configuration;

    /// <inheritdoc />
    protected override ImovoSimConfiguration DockerResourceConfiguration { get; }

    /// <summary>Where vouchers are kept.</summary>
    /// <param name="store"><c>memory</c>, which is the default here; <c>sqlite</c>, in the volume /data; or a PostgreSQL connection string as the container sees that server.</param>
    /// <returns>A builder that has it.</returns>
    public ImovoSimBuilder WithStore(string store) => WithEnvironment("Store", store);

    /// <summary>Keeps vouchers in PostgreSQL, as several simulators behind one address must.</summary>
    /// <param name="host">The server's name in a network that both containers are in.</param>
    /// <param name="database">The database.</param>
    /// <param name="username">Who connects.</param>
    /// <param name="password">That user's password.</param>
    /// <returns>A builder that has it.</returns>
    public ImovoSimBuilder WithPostgres(string host, string database, string username, string password) =>
        WithStore($"Host={Quoted(host)};Database={Quoted(database)};Username={Quoted(username)};Password={Quoted(password)}");

    /// <summary>Campaigns of your own in place of the default ones.</summary>
    /// <param name="file">A file as the README describes it.</param>
    /// <returns>A builder that has it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public ImovoSimBuilder WithCampaigns(string file) => WithFile(file, CampaignsFile).WithEnvironment("CampaignsFile", CampaignsFile);

    /// <summary>Answers of your own to what the vendor leaves open.</summary>
    /// <param name="file">A file as the README describes it.</param>
    /// <returns>A builder that has it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public ImovoSimBuilder WithProfile(string file) => WithFile(file, ProfileFile).WithEnvironment("Fidelity__Profile", ProfileFile);

    /// <summary>A client beside the sandboxes. The first takes the place of the three that are there without any.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="apiKey">6 to 128 visible ASCII characters that do not begin with <c>sim_</c>.</param>
    /// <param name="campaigns">Codes with commas between, <c>*</c> for all, <c>!CODE</c> for all but that.</param>
    /// <param name="weeklyLimit">Pounds a week; null for no limit.</param>
    /// <returns>A builder that has it.</returns>
    public ImovoSimBuilder WithClient(string name, string apiKey, string campaigns = "*", decimal? weeklyLimit = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var client = WithEnvironment($"Clients__{name}__Key", apiKey).WithEnvironment($"Clients__{name}__Campaigns", campaigns);
        return weeklyLimit is { } pounds ? client.WithEnvironment($"Clients__{name}__WeeklyLimit", pounds.ToString(CultureInfo.InvariantCulture)) : client;
    }

    /// <summary>The token of <see cref="ImovoSimContainer.SteerAll"/>.</summary>
    /// <param name="token">16 to 256 visible ASCII characters.</param>
    /// <returns>A builder that has it.</returns>
    public ImovoSimBuilder WithAdminToken(string token) =>
        Merge(DockerResourceConfiguration, new ImovoSimConfiguration(token)).WithEnvironment("Admin__Token", token);

    /// <inheritdoc />
    public override ImovoSimContainer Build()
    {
        Validate();
        // The first is the base's own, which waits until the container runs; whoever adds another means it in place of ours.
        var builder = DockerResourceConfiguration.WaitStrategies.Count() > 1 ? this : WithWaitStrategy(Wait.ForUnixContainer()
            .UntilHttpRequestIsSucceeded(request => request.ForPath("/readyz").ForPort(HttpPort), wait => wait.WithInterval(AskedEvery)));
        return new ImovoSimContainer(builder.DockerResourceConfiguration);
    }

    /// <inheritdoc />
    protected override ImovoSimBuilder Init() => base.Init().WithPortBinding(HttpPort, true).WithStore("memory");

    /// <inheritdoc />
    protected override ImovoSimBuilder Clone(IResourceConfiguration<CreateContainerParameters> resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ImovoSimConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override ImovoSimBuilder Clone(IContainerConfiguration resourceConfiguration) =>
        Merge(DockerResourceConfiguration, new ImovoSimConfiguration(resourceConfiguration));

    /// <inheritdoc />
    protected override ImovoSimBuilder Merge(ImovoSimConfiguration oldValue, ImovoSimConfiguration newValue) => new(new ImovoSimConfiguration(oldValue, newValue));

    private ImovoSimBuilder WithFile(string file, string target) => File.Exists(file)
        ? WithResourceMapping(new FileInfo(file), new FileInfo(target))
        : throw new FileNotFoundException($"There is no {Path.GetFullPath(file)} to give to the simulator.", file);

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
