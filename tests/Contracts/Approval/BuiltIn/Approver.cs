using System.Collections.Concurrent;
using System.Text;
using DiffEngine;

namespace ImovoSim.Contracts.Tests.Approval.BuiltIn;

/// <summary>
/// Compares a text with its verified file by Verify's rules: names, bytes and life cycle. It accepts nothing by itself,
/// anywhere; whoever wants the received file moves it over the verified one, by hand or with a review tool.
/// </summary>
internal sealed class Approver(string directory, Func<string, string, Task>? showDifference = null)
{
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);
    private static readonly ConcurrentDictionary<string, bool> Used = new(StringComparer.OrdinalIgnoreCase);

    private readonly Func<string, string, Task> _showDifference = showDifference ?? Show;

    /// <param name="receivedPrefix">File name before <c>.received</c>: unique in a run.</param>
    /// <param name="verifiedPrefix">File name before <c>.verified</c>: may be shared by several targets.</param>
    public async Task Approve(string text, string extension, string receivedPrefix, string verifiedPrefix)
    {
        if (!Used.TryAdd(Path.Combine(directory, receivedPrefix), true))
            throw new InvalidOperationException($"Two snapshots of one run are called {receivedPrefix}: the second would hide the first.");
        Directory.CreateDirectory(directory);
        foreach (var old in Files($"{receivedPrefix}.received.*").Concat(Files($"{receivedPrefix}#*.received.*"))) File.Delete(old);

        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (text.Length == 0) throw new ArgumentException("An empty text cannot be told from an empty file.", nameof(text));
        var (received, verified) = ($"{receivedPrefix}.received.{extension}", $"{verifiedPrefix}.verified.{extension}");
        var verifiedText = await Read(Path.Combine(directory, verified));
        var leftOver = Files($"{verifiedPrefix}.verified.*").Concat(Files($"{verifiedPrefix}#*.verified.*"))
            .Where(file => Path.GetFileName(file) != verified).Order(StringComparer.Ordinal).ToList();
        if (verifiedText == text && leftOver.Count == 0) return;

        if (verifiedText != text) await Keep(Path.Combine(directory, received), Path.Combine(directory, verified), text);
        if (verifiedText?.Contains('\r') == true)
            throw new VerifyException($"Directory: {directory}\nNotEqual:\n  - Received: {received}\n    Verified: {verified}\n\nThe verified file has a carriage return: its lines must end in a line feed alone.");
        throw VerifyException.For(directory, received, verified, text, verifiedText, leftOver);
    }

    private async Task Keep(string received, string verified, string text)
    {
        await File.WriteAllTextAsync(received, text, WithMark);
        await _showDifference(received, verified);
    }

    private static async Task<string?> Read(string verified)
    {
        if (!File.Exists(verified)) return null;
        if (new FileInfo(verified).Length > 0) return await File.ReadAllTextAsync(verified);
        File.Delete(verified); // nobody approves nothing: an empty file is left by a tool that was closed
        return null;
    }

    /// <summary>The received text goes into the test's report; on a developer's machine the difference opens in their diff tool, too.</summary>
    private static async Task Show(string received, string verified)
    {
        TestContext.Current.AddAttachment($"Snapshot mismatch: {Path.GetFileName(received)}", await File.ReadAllTextAsync(received));
        if (!BuildServerDetector.Detected && !DiffRunner.Disabled) await DiffRunner.LaunchForTextAsync(received, verified, WithMark);
    }

    private string[] Files(string pattern) => Directory.GetFiles(directory, pattern);
}
