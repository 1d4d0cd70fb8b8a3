using System.Diagnostics;
using System.Globalization;

namespace ImovoSim.Tests;

/// GnuPG with a home of the test's own, in which nothing has a passphrase.
public sealed class Gpg : IAsyncDisposable
{
    private const string Program = "/usr/bin/gpg";

    // Its agent listens on a socket in it, whose path may have some hundred characters.
    private readonly string _home = Directory.CreateTempSubdirectory("gpg-").FullName;

    public Gpg() => Required();

    public static void Required() => Need.Have("gpg", File.Exists(Program), $"{Program} is not installed");

    /// The variables under which other programs use this home.
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["GNUPGHOME"] = _home };

    /// Makes a key that signs, and a subkey of it that encrypts unless there is to be none; answers its fingerprint.
    public async Task<string> NewKey(string name, string signs = "ed25519", string? encrypts = "cv25519", string expires = "never", DateTimeOffset? at = null)
    {
        await Run(null, [.. At(at), "--quick-generate-key", $"{name}@example.com", signs, "sign", expires]);
        var fingerprint = await Fingerprint(name);
        if (encrypts is not null)
            await AddSubkey(fingerprint, encrypts, "never", at);
        return fingerprint;
    }

    public Task AddSubkey(string fingerprint, string encrypts, string expires = "never", DateTimeOffset? at = null) =>
        Run(null, [.. At(at), "--quick-add-key", fingerprint, encrypts, "encr", expires]);

    public async Task<string> Fingerprint(string name) => (await Run(null, "--with-colons", "--list-keys", $"{name}@example.com"))
        .Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];

    /// The ids of the subkeys, in the order of their making.
    public async Task<IReadOnlyList<string>> Subkeys(string name) =>
        [.. (await Run(null, "--with-colons", "--list-keys", $"{name}@example.com")).Split('\n').Where(line => line.StartsWith("sub:", StringComparison.Ordinal)).Select(line => line.Split(':')[4])];

    public Task<string> Export(params string[] names) => Run(null, ["--armor", "--export", .. names.Select(name => $"{name}@example.com")]);

    public Task<string> ExportPrivate(string name) => Run(null, "--armor", "--export-secret-keys", $"{name}@example.com");

    /// By the certificate that GnuPG keeps for it from the start.
    public async Task Revoke(string name)
    {
        var certificate = await File.ReadAllTextAsync(Path.Combine(_home, "openpgp-revocs.d", $"{await Fingerprint(name)}.rev"));
        await Run(certificate.Replace(":-----BEGIN", "-----BEGIN", StringComparison.Ordinal), "--import");
    }

    /// What a person answers to the questions of gpg --edit-key.
    public Task Edit(string name, params string[] answers) =>
        Run(string.Join('\n', answers) + "\n", "--command-fd", "0", "--expert", "--edit-key", $"{name}@example.com");

    /// What is in a message, and all that GnuPG says of it.
    public async Task<(string Text, string Said)> Decrypt(string message)
    {
        var (exitCode, text, said) = await Start(message, "--status-fd", "2", "--decrypt");
        return exitCode == 0 ? (text, said) : throw new InvalidOperationException(said);
    }

    public async Task<string> Run(string? input, params string[] arguments)
    {
        var (exitCode, text, said) = await Start(input, arguments);
        return exitCode == 0 ? text : throw new InvalidOperationException($"gpg {string.Join(' ', arguments)} ended with {exitCode}: {said}");
    }

    public async ValueTask DisposeAsync()
    {
        using (var stop = Process.Start(new ProcessStartInfo("gpgconf", ["--kill", "all"]) { Environment = { ["GNUPGHOME"] = _home } })!)
            await stop.WaitForExitAsync();
        Directory.Delete(_home, true);
    }

    private static string[] At(DateTimeOffset? at) => at is { } time ? ["--faked-system-time", time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)] : [];

    private async Task<(int ExitCode, string Text, string Said)> Start(string? input, params string[] arguments)
    {
        string[] all = ["--batch", "--yes", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", "", .. arguments];
        var start = new ProcessStartInfo(Program, arguments.Contains("--edit-key") ? all[1..] : all) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GNUPGHOME"] = _home;
        using var process = Process.Start(start)!;
        var (text, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await text, await said);
    }
}
