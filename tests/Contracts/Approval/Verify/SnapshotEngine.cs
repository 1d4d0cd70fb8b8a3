namespace ImovoSim.Contracts.Tests.Approval;

/// <summary>The one seam: this file compares with the package Verify, the one in ../BuiltIn with our own approver.</summary>
internal static class SnapshotEngine
{
    public static async Task Compare(Case conversation, string transcript, string directory, string? target)
    {
        var settings = new VerifyTests.VerifySettings();
        settings.UseDirectory(directory);
        if (target is null)
        {
            settings.UseFileName(conversation.SnapshotName);
        }
        else
        {
            settings.UseTypeName(conversation.Behaviour);
            settings.UseMethodName(conversation.Id);
            settings.UseTextForParameters("target=" + target);
            settings.IgnoreParametersForVerified();
        }
        await VerifyXunit.Verifier.Verify(transcript, "txt", settings);
    }
}
