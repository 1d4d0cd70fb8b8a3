using System.Text;
using System.Text.Json;
using ImovoSim.Control;

namespace ImovoSim.Onboarding;

/// <summary><c>imovo-sim onboard</c>: sends a public key to a running simulator, and prints the message that comes back.</summary>
internal static class OnboardCommand
{
    private const string Usage = "imovo-sim onboard --public-key FILE [--name NAME] [--address URL]";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>0 where the message is printed, 1 where it is refused or nothing answers, 2 where the admin is to approve first.</returns>
    /// <exception cref="SettingException">The command cannot be understood, or its file not be read.</exception>
    public static async Task<int> Run(IReadOnlyList<string> arguments)
    {
        var given = Read(arguments);
        var address = new Uri(given.GetValueOrDefault("--address") is { } url ? Checked(url) : Settings.DefaultUrl);
        var key = await PublicKey(given.GetValueOrDefault("--public-key") ?? throw new SettingException($"--public-key is needed: {Usage}."));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = !address.IsLoopback }) { Timeout = Patience };
        var name = given.GetValueOrDefault("--name") is { } asked ? $"?name={Uri.EscapeDataString(asked)}" : "";
        try
        {
            using var body = new ByteArrayContent(key) { Headers = { ContentType = new("text/plain") } };
            using var answer = await http.PostAsync($"{address.AbsoluteUri.TrimEnd('/')}/_sim/onboarding{name}", body);
            return await Tell((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(), address);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            throw new SettingException($"Nothing answers at {address}: {(e is OperationCanceledException ? $"not within {Patience.TotalSeconds:0} seconds" : e.Message.TrimEnd('.'))}. Give the simulator's own --address, such as {Settings.DefaultUrl}.");
        }
    }

    private static async Task<int> Tell(int status, byte[] body, Uri address)
    {
        switch (status)
        {
            case StatusCodes.Status201Created:
                await Console.Out.WriteAsync(Encoding.UTF8.GetString(body));
                return 0;
            case StatusCodes.Status202Accepted when JsonSerializer.Deserialize(body, ControlJson.Plain.WaitingBody) is { } waiting:
                await Console.Error.WriteLineAsync($"The admin of this simulator is to approve first. Then the message is at {address.AbsoluteUri.TrimEnd('/')}{waiting.Collect}");
                return 2;
            default:
                await Console.Error.WriteLineAsync(Detail(body) ?? $"{address} answered {status} without a reason: is it an ImovoSim?");
                return 1;
        }
    }

    private static string? Detail(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, ControlJson.Plain.ProblemBody)?.Detail;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Read(IReadOnlyList<string> arguments)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = arguments[i].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[i], i + 1 < arguments.Count ? arguments[++i] : null);
            if (name is not ("--public-key" or "--name" or "--address"))
                throw new SettingException($"{name} is nothing that onboard knows: {Usage}.");
            given[name] = value is { Length: > 0 } ? value : throw new SettingException($"{name} has no value: {Usage}.");
        }

        return given;
    }

    private static string Checked(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? url
        : throw new SettingException($"--address is {url}: give it the simulator's, such as {Settings.DefaultUrl}.");

    private static async Task<byte[]> PublicKey(string file)
    {
        try
        {
            await using var stream = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            using var buffer = new MemoryStream();
            var piece = new byte[8192];
            while (buffer.Length <= PublicKeyBlock.MostBytes && await stream.ReadAsync(piece) is > 0 and var count)
                buffer.Write(piece, 0, count);
            // Neither leaves this machine.
            if (PublicKeyBlock.IsPrivate(Encoding.Latin1.GetString(buffer.ToArray())))
                throw new SettingException($"{file} is a private key, and was not sent: it must stay with you alone. Give the public one, as gpg --armor --export YOUR-ADDRESS prints it.");
            return buffer.Length <= PublicKeyBlock.MostBytes ? buffer.ToArray() : throw new SettingException(KeyRefusedException.TooLarge);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"{file} cannot be read: {e.Message.TrimEnd('.')}. Give --public-key a file with what gpg --armor --export YOUR-ADDRESS prints, or - to read it from the input.");
        }
    }
}
