using System.Text;

namespace ImovoSim.Contracts.Tests.Approval.BuiltIn;

/// <summary>A transcript that nobody has approved. Review tools know it by this name and read its message.</summary>
internal sealed class VerifyException(string message) : Exception(message)
{
    /// <summary>Where the comparison was made is of no interest, and hides what is.</summary>
    public override string StackTrace => "";

    public static VerifyException For(string directory, string received, string verified, string receivedText, string? verifiedText, IReadOnlyList<string> delete)
    {
        var isNew = verifiedText is null;
        var differs = !isNew && verifiedText != receivedText;
        var message = new StringBuilder($"Directory: {directory}\n");
        if (isNew) Pair("New");
        if (differs) Pair("NotEqual");
        if (delete.Count > 0)
        {
            message.Append("Delete:\n");
            foreach (var file in delete) message.Append("  - ").Append(Path.GetFileName(file)).Append('\n');
        }
        if (!isNew && !differs) Pair("Equal");
        if (isNew || differs) Content();
        return new VerifyException(message.ToString());

        void Pair(string heading) =>
            message.Append(heading).Append(":\n  - Received: ").Append(received).Append("\n    Verified: ").Append(verified).Append('\n');

        void Content()
        {
            message.Append("\nFileContent:\n\n").Append(isNew ? "New" : "NotEqual").Append(":\n\nReceived: ").Append(received).Append('\n').Append(receivedText).Append('\n');
            if (differs) message.Append("Verified: ").Append(verified).Append('\n').Append(verifiedText).Append('\n');
            message.Append('\n');
        }
    }
}
