using System.Text;
using System.Text.RegularExpressions;

namespace ImovoSim.Contracts.Tests.Approval.BuiltIn;

/// <summary>The approver keeps to Verify's names, bytes and life cycle, so Verify's review tools and Verify itself can take over.</summary>
public sealed class ApproverTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("approver-").FullName;
    private readonly List<string> _shown = [];

    private Task Approve(string text, string name = "Type.Method") =>
        new Approver(_directory, (received, _) => { _shown.Add(Path.GetFileName(received)); return Task.CompletedTask; }).Approve(text, "txt", name, name);

    private string In(string file) => Path.Combine(_directory, file);

    private string[] Files() => [.. Directory.GetFiles(_directory).Select(Path.GetFileName).Order()!];

    [Fact]
    public async Task What_nobody_has_approved_is_kept_as_received_with_a_mark_line_feeds_and_no_line_end()
    {
        await Assert.ThrowsAsync<VerifyException>(() => Approve("£\r\ntwo\rthree"));
        Assert.Equal([0xEF, 0xBB, 0xBF, 0xC2, 0xA3, (byte)'\n', .. "two\nthree"u8], await File.ReadAllBytesAsync(In("Type.Method.received.txt"), TestContext.Current.CancellationToken));
        Assert.Equal(["Type.Method.received.txt"], Files());
        Assert.Equal(["Type.Method.received.txt"], _shown);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task An_approved_text_passes_with_or_without_a_mark_and_removes_what_was_received_before(bool mark)
    {
        File.WriteAllText(In("Type.Method.verified.txt"), "one\ntwo", new UTF8Encoding(mark));
        File.WriteAllText(In("Type.Method.received.txt"), "old");
        File.WriteAllText(In("Type.Method#part.received.txt"), "old");
        await Approve("one\r\ntwo");
        Assert.Equal(["Type.Method.verified.txt"], Files());
        Assert.Empty(_shown);
    }

    [Fact]
    public async Task A_difference_is_kept_beside_the_approved_text_which_stays_as_it_is()
    {
        File.WriteAllText(In("Type.Method.verified.txt"), "one");
        var difference = await Assert.ThrowsAsync<VerifyException>(() => Approve("two"));
        Assert.Equal($"Directory: {_directory}\nNotEqual:\n  - Received: Type.Method.received.txt\n    Verified: Type.Method.verified.txt\n\nFileContent:\n\nNotEqual:\n\nReceived: Type.Method.received.txt\ntwo\nVerified: Type.Method.verified.txt\none\n\n", difference.Message);
        Assert.Equal("", difference.StackTrace);
        Assert.Equal("one", File.ReadAllText(In("Type.Method.verified.txt")));
    }

    [Theory, InlineData("one\n"), InlineData("One"), InlineData("one ")]
    public async Task Every_character_counts(string approved)
    {
        File.WriteAllText(In("Type.Method.verified.txt"), approved);
        await Assert.ThrowsAsync<VerifyException>(() => Approve("one"));
    }

    [Fact]
    public async Task A_carriage_return_in_the_approved_file_is_named()
    {
        File.WriteAllText(In("Type.Method.verified.txt"), "one\r\ntwo");
        Assert.Contains("carriage return", (await Assert.ThrowsAsync<VerifyException>(() => Approve("one\ntwo"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_approved_file_is_none()
    {
        File.WriteAllText(In("Type.Method.verified.txt"), "");
        Assert.Contains("\nNew:\n", (await Assert.ThrowsAsync<VerifyException>(() => Approve("one"))).Message, StringComparison.Ordinal);
        Assert.Equal(["Type.Method.received.txt"], Files());
    }

    [Theory, InlineData("Type.Method.verified.json"), InlineData("Type.Method#part.verified.txt")]
    public async Task An_approved_file_that_nothing_is_compared_with_any_more_fails(string left)
    {
        File.WriteAllText(In("Type.Method.verified.txt"), "one");
        File.WriteAllText(In(left), "left over");
        var failure = await Assert.ThrowsAsync<VerifyException>(() => Approve("one"));
        Assert.Contains($"Delete:\n  - {left}\nEqual:\n", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, Files().Length);
    }

    [Fact]
    public async Task Two_texts_of_one_name_are_refused()
    {
        await Assert.ThrowsAsync<VerifyException>(() => Approve("one"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Approve("one", "TYPE.method"));
    }

    [Fact]
    public Task An_empty_text_is_refused() => Assert.ThrowsAsync<ArgumentException>(() => Approve(""));

    [Fact]
    public async Task A_half_letter_cannot_be_written() => await Assert.ThrowsAsync<EncoderFallbackException>(() => Approve("\ud800"));

    /// <summary>Review tools in editors read the message; this reads it as they do.</summary>
    [Theory, InlineData(null), InlineData("other")]
    public async Task The_message_can_be_read_by_a_program(string? approved)
    {
        if (approved is not null) File.WriteAllText(In("Type.Method.verified.txt"), approved);
        File.WriteAllText(In("Type.Method.verified.md"), "left over");
        var failure = await Assert.ThrowsAsync<VerifyException>(() => Approve("text"));
        var head = failure.Message[..failure.Message.IndexOf("\n\nFileContent:", StringComparison.Ordinal)];
        var lines = Regex.Match(head, "^Directory: (.*)\n(New|NotEqual):\n  - Received: (.*)\n    Verified: (.*)\nDelete:\n  - (.*)$");
        Assert.Equal([_directory, approved is null ? "New" : "NotEqual", "Type.Method.received.txt", "Type.Method.verified.txt", "Type.Method.verified.md"],
            lines.Groups.Values.Skip(1).Select(group => group.Value));
        Assert.Equal("VerifyException", failure.GetType().Name);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
