using System.Globalization;
using System.Text.RegularExpressions;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Storage;
using Microsoft.Extensions.Configuration.Json;

namespace ImovoSim;

/// <summary>A client from the configuration.</summary>
internal sealed record ConfiguredClient(string Name, string Key, string Campaigns, decimal? WeeklyLimit);

/// <summary>Keys by PGP.</summary>
/// <param name="Approval">Whether the admin decides who gets one.</param>
/// <param name="AtMost">With so many clients, sandboxes aside, no more make themselves.</param>
internal sealed record OnboardingSettings(bool Enabled, bool Approval, int AtMost);

/// <summary>Every setting, its default, its check and its error.</summary>
internal sealed partial record Settings(
    string Store,
    string DataFolder,
    TimeSpan StoreWait,
    string? CampaignsFile,
    string? FidelityProfile,
    bool SandboxesEnabled,
    int SandboxesAtMost,
    TimeSpan SandboxesIdleTime,
    bool SandboxesMagicValues,
    int JournalEntries,
    int DeliveryMessages,
    SmtpServer? Smtp,
    string DeliveryFrom,
    TimeSpan DeliveryGiveUpAfter,
    IReadOnlyList<ConfiguredClient> Clients,
    string? AdminToken,
    string? PublicUrl,
    OnboardingSettings Onboarding,
    bool Metrics,
    bool Otlp)
{
    public const string DefaultUrl = "http://127.0.0.1:5080";
    public const string DemoKey = "sim_demo";

    // What is so long ago is still a date.
    private static readonly TimeSpan LongestSpan = TimeSpan.FromDays(200_000);

    private const string LogForm = "Logging:Console:FormatterName";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Names =
    [
        "Store", "Store_FILE", "DataFolder", "StoreWait", "CampaignsFile", "Fidelity:Profile", "Sandboxes:Enabled", "Sandboxes:AtMost", "Sandboxes:IdleTime", "Sandboxes:MagicValues", "Journal:Entries",
        "Delivery:Smtp", "Delivery:Smtp_FILE", "Delivery:From", "Delivery:Messages", "Delivery:GiveUpAfter",
        "Admin:Token", "Admin:Token_FILE", "PublicUrl", "Metrics", OtlpEndpoint,
        "Onboarding:Enabled", "Onboarding:Approval", "Onboarding:AtMost",
    ];

    private static readonly string[] ClientNames = ["Key", "Key_FILE", "Campaigns", "WeeklyLimit"];
    private static readonly string[] Sections = [.. Names.Where(name => name.Contains(':')).Select(name => name.Split(':')[0]).Distinct()];
    private static readonly string[] LogForms = ["simple", "json", "systemd"];

    // ASP.NET Core's own, and OpenTelemetry's.
    private static readonly string[] HostNames =
    [
        "urls", "environment", "contentRoot", "webroot", "applicationName", "http_ports", "https_ports", "https_port", "AllowedHosts", "detailedErrors", "preferHostingUrls",
        "suppressStatusMessages", "captureStartupErrors", "shutdownTimeoutSeconds", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "forwardedHeaders_enabled", "Logging", "Kestrel",
    ];

    // In a test's process every ASPNETCORE_… of the environment comes as an argument; the last one is for such a process alone.
    private static readonly string[] HostSections = ["Logging:", "Kestrel:", "hostBuilder:", "TEST_CONTENTROOT_", "OTEL_"];

    private static readonly ConfiguredClient[] DefaultClients =
    [
        new("DEMO", "demo-key", "*,!LIMITED", null),
        new("LIMITCO", "limitco-key", "LIMITED", 100.00m),
        new("OTHER", "other-key", "", null),
    ];

    /// <exception cref="SettingException">A setting is wrong; the message says which, and what to set.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        CheckNames(configuration);
        CheckUrls(configuration["urls"]);
        if (Text(configuration, LogForm) is { } form && !LogForms.Contains(form, StringComparer.OrdinalIgnoreCase))
            throw new SettingException($"{LogForm} is {form}: set it to {string.Join(", ", LogForms)}.");
        foreach (var port in (configuration["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            CheckUrls($"http://*:{port}");
        return new Settings(
            StoreName(Text(configuration, "Store")),
            Text(configuration, "DataFolder") ?? "data",
            Span(configuration, "StoreWait", TimeSpan.FromSeconds(30), TimeSpan.Zero),
            Text(configuration, "CampaignsFile"),
            Text(configuration, "Fidelity:Profile"),
            Flag(configuration, "Sandboxes:Enabled", true),
            Whole(configuration, "Sandboxes:AtMost", 10_000, 1, 1_000_000),
            Span(configuration, "Sandboxes:IdleTime", TimeSpan.FromDays(120), TimeSpan.FromMinutes(5)),
            Flag(configuration, "Sandboxes:MagicValues", true),
            Whole(configuration, "Journal:Entries", 1000, 0, 100_000),
            Whole(configuration, "Delivery:Messages", 1000, 0, 100_000),
            SmtpServer.Of(Text(configuration, "Delivery:Smtp")),
            Email.Sender(Text(configuration, "Delivery:From")),
            Span(configuration, "Delivery:GiveUpAfter", TimeSpan.FromDays(1), TimeSpan.Zero),
            ReadClients(configuration.GetSection("Clients")),
            Token(Text(configuration, "Admin:Token")),
            Address(Text(configuration, "PublicUrl")),
            new OnboardingSettings(Flag(configuration, "Onboarding:Enabled", true), Flag(configuration, "Onboarding:Approval", false), Whole(configuration, "Onboarding:AtMost", 1000, 1, 100_000)),
            Flag(configuration, "Metrics", false),
            IsCollector(Text(configuration, OtlpEndpoint)) && !Flag(configuration, "OTEL_SDK_DISABLED", false));
    }

    /// <summary>Whether somebody named the clients; those of the first start go by the built-in campaigns.</summary>
    public bool NamesClients => !ReferenceEquals(Clients, DefaultClients);

    /// <summary>JSON is for a collector, which keeps what it is given and shows it to others.</summary>
    public static bool LogsAreKept(IConfiguration configuration) =>
        string.Equals(configuration[LogForm], "json", StringComparison.OrdinalIgnoreCase);

    private static bool IsCollector(string? given) => given is not null && (Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? true : throw new SettingException($"{OtlpEndpoint} is no address of a collector: set it to one such as http://127.0.0.1:4317."));

    // What is given is not repeated: it can be a connection string with a password.
    private static string StoreName(string? given) => given is null ? "sqlite"
        : given is "sqlite" or "memory" || PostgresServer.IsConnectionString(given) ? given
        : throw new SettingException("Store names no store: set it to sqlite, memory, or a PostgreSQL connection string (Host=… or postgres://…).");

    /// <summary>An argument is always meant for this program; and what the framework cannot parse it throws at.</summary>
    /// <exception cref="SettingException">An argument is no setting, or has no value.</exception>
    public static void CheckArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var name = argument.Split('=')[0];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
                throw new SettingException($"{name} is no setting: a setting is --NAME VALUE or --NAME=VALUE.");
            if (!Known(name[2..]))
                throw new SettingException($"{name} is no setting: there are {AllNames}.");
            if (!argument.Contains('=') && (++i == arguments.Count || arguments[i].StartsWith("--", StringComparison.Ordinal)))
                throw new SettingException($"{name} has no value: a setting is --NAME VALUE or --NAME=VALUE.");
        }
    }

    /// <summary>For a person who asks what can be set.</summary>
    public static string AllNames => $"{string.Join(", ", Names)}, Clients:NAME:{string.Join(", Clients:NAME:", ClientNames)}, and ASP.NET Core's own, such as Urls";

    // The environment holds names that are not ours, so only ours can be checked there. A file is the program's own.
    private static void CheckNames(IConfiguration configuration)
    {
        foreach (var name in ((configuration as IConfigurationRoot)?.Providers ?? []).OfType<JsonConfigurationProvider>().SelectMany(file => file.GetChildKeys([], null)))
        {
            if (!Known(name) && name is not "$schema")
                throw new SettingException($"{name} in a file of settings is no setting: there are {AllNames}.");
        }

        if (Text(configuration, "Clients") is not null)
            throw new SettingException($"Clients is no setting: a client has Clients:NAME:{string.Join(", Clients:NAME:", ClientNames)}.");
        foreach (var section in Sections)
        {
            if (Text(configuration, section) is not null)
                throw new SettingException($"{section} is no setting: there are {string.Join(", ", Names.Where(name => name.StartsWith(section + ":", StringComparison.Ordinal)))}.");
            foreach (var child in configuration.GetSection(section).GetChildren())
            {
                if (!Names.Contains(child.Path, StringComparer.OrdinalIgnoreCase))
                    throw new SettingException($"{child.Path} is no setting: there are {string.Join(", ", Names.Where(name => name.StartsWith(section + ":", StringComparison.Ordinal)))}.");
            }
        }
    }

    public static void CheckUrls(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            try
            {
                var address = BindingAddress.Parse(url);
                // A name can have two addresses, and each would be given another port.
                var chosen = address.Port != 0 || !address.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase);
                if (address.Scheme.Equals("http", StringComparison.OrdinalIgnoreCase) && address.Port <= ushort.MaxValue && address.PathBase.Length == 0 && chosen
                    && (!address.Host.Contains(':') || address.Host.StartsWith('[')))
                    continue;
            }
            catch (FormatException)
            {
                // The same sentence says what a URL looks like.
            }

            throw new SettingException($"Urls is {url}: set it to an address such as {DefaultUrl}. There is no https here; what stands before it may have it.");
        }
    }

    // A section is known by its name, as which a test's process has it as an argument; a value of its own it cannot have.
    private static bool Known(string name) =>
        Names.Contains(name, StringComparer.OrdinalIgnoreCase)
        || Sections.Contains(name, StringComparer.OrdinalIgnoreCase)
        || name.Equals("Clients", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Clients:", StringComparison.OrdinalIgnoreCase)
        || HostNames.Contains(name, StringComparer.OrdinalIgnoreCase)
        || HostSections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase));

    private static ConfiguredClient[] ReadClients(IConfigurationSection section)
    {
        var clients = section.GetChildren().Select(ReadClient).ToArray();
        if (clients.Length == 0)
            return DefaultClients;
        var twice = clients.GroupBy(client => client.Key).FirstOrDefault(same => same.Count() > 1);
        return twice is null ? clients : throw new SettingException(
            $"Clients {string.Join(" and ", twice.Select(client => client.Name))} have the same Key: give each its own.");
    }

    public static bool IsKey(string key) => KeyForm().IsMatch(key);

    private static ConfiguredClient ReadClient(IConfigurationSection client)
    {
        if (client.GetChildren().FirstOrDefault(child => !ClientNames.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) is { } wrong)
            throw new SettingException($"{wrong.Path} is no setting: a client has {string.Join(", ", ClientNames)}.");
        var key = client["Key"];
        if (string.IsNullOrWhiteSpace(key) || !KeyForm().IsMatch(key))
            throw new SettingException($"{client.Path}:Key must be set to 6 to 128 visible ASCII characters.");
        if (ApiKeys.IsForSandbox(key))
            throw new SettingException($"{client.Path}:Key must not begin with {ApiKeys.SandboxPrefix}: such a key is a sandbox's, and makes one where no client has it.");
        if (Client.IsNameOfSandbox(client.Key))
            throw new SettingException($"{client.Path} is named as sandboxes are: choose a name that does not begin with {Client.NameOfSandbox}.");
        var campaigns = client.GetSection("Campaigns").GetChildren().Select(child => child.Value).ToArray();
        return new ConfiguredClient(client.Key, key, campaigns.Length > 0 ? string.Join(',', campaigns) : client["Campaigns"] ?? "*", Pounds(client, "WeeklyLimit"));
    }

    // It is not repeated: it is a secret, or was meant to be one.
    private static string? Token(string? given) => given is null || Control.AdminToken.HasForm(given) ? given : throw new SettingException(
        $"Admin:Token must be {Control.AdminToken.Shortest} to {Control.AdminToken.Longest} visible ASCII characters; without it one is made at each start.");

    private static string? Address(string? given) =>
        given is null ? null
        : Uri.TryCreate(given, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" } && !given.Contains('{') ? given.TrimEnd('/')
        : throw new SettingException($"PublicUrl is {given}: set it to the address at which people reach this simulator, such as {DefaultUrl}, or leave it out.");

    private static string? Text(IConfiguration configuration, string name) => configuration[name] is { Length: > 0 } text ? text : null;

    private static bool Flag(IConfiguration configuration, string name, bool otherwise) =>
        Text(configuration, name) is not { } text ? otherwise
        : bool.TryParse(text, out var flag) ? flag
        : throw new SettingException($"{name} is {text}: set it to true or false.");

    private static int Whole(IConfiguration configuration, string name, int otherwise, int least, int most) =>
        Text(configuration, name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw new SettingException($"{name} is {text}: set it to a whole number from {least} to {most}.");

    private static TimeSpan Span(IConfiguration configuration, string name, TimeSpan otherwise, TimeSpan least) =>
        Text(configuration, name) is not { } text ? otherwise
        : Duration.Parse(text) is { Months: 0 } span && TimeSpan.FromDays(span.Days) + span.Time is var time && time >= least && time <= LongestSpan ? time
        : throw new SettingException($"{name} is {text}: set it to an ISO 8601 duration of days and less, such as P30D or PT30S, of at least {least.TotalMinutes:0} minutes and at most {LongestSpan.TotalDays:0} days.");

    private static decimal? Pounds(IConfiguration configuration, string name) =>
        Text(configuration, name) is not { } text ? null
        : decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pounds) && pounds <= 1_000_000_000 && decimal.Round(pounds, 2) == pounds ? pounds
        : throw new SettingException($"{(configuration as IConfigurationSection)?.Path}:{name} is {text}: set it to pounds such as 100.00.");

    [GeneratedRegex("^[\\x21-\\x7E]{6,128}\\z")]
    private static partial Regex KeyForm();
}
