using System.Text.RegularExpressions;

namespace ImovoSim.Tests;

/// Who has nothing but GnuPG, and what comes back opened.
internal static partial class Partner
{
    public static Task<Reply> Ask(this Simulator simulator, string name, string publicKey) => simulator.WithKey(null).Post($"/_sim/onboarding?name={name}", publicKey);

    /// The letter in a message, of which GnuPG has nothing to complain.
    public static async Task<string> Opened(this Gpg gpg, Reply reply)
    {
        Assert.Equal("text/plain; charset=utf-8", reply.ContentType);
        var (letter, said) = await gpg.Decrypt(reply.Body);
        Assert.Contains("[GNUPG:] GOODMDC", said, StringComparison.Ordinal);
        // A packet with a check of its integrity, AES-256.
        Assert.Contains("[GNUPG:] DECRYPTION_INFO 2 9", said, StringComparison.Ordinal);
        Assert.DoesNotContain("warning", said, StringComparison.OrdinalIgnoreCase);
        return letter;
    }

    public static string KeyIn(string letter) => Key().Match(letter).Groups[1].Value;

    public static async Task<string> OpenedKey(this Gpg gpg, Reply reply) => KeyIn(await gpg.Opened(reply));

    [GeneratedRegex("^Key: ([0-9a-f]{32})$", RegexOptions.Multiline)]
    private static partial Regex Key();
}
