namespace ImovoSim.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("mail.example.com:25", "is no address of an SMTP server")]
    [InlineData("http://mail.example.com", "is no address of an SMTP server")]
    [InlineData("smtp://", "is no address of an SMTP server")]
    [InlineData("smtp://s3cret:s3cret@mail.example.com/folder", "is no address of an SMTP server")]
    [InlineData("smtp://s3cret@mail.example.com", "has a user without a password")]
    public async Task An_SMTP_server_that_is_none_stops_the_start_with_a_sentence_and_is_not_repeated(string address, string why)
    {
        var error = await Failing("--Delivery:Smtp", address);
        Assert.StartsWith($"Delivery:Smtp {why}", error, StringComparison.Ordinal);
        Assert.Contains("set it to smtp://HOST:PORT", error, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a@example.com\r\nBcc: b@example.com")]
    [InlineData("a@example.com, b@example.com")]
    public async Task A_sender_that_is_none_stops_the_start_with_a_sentence(string sender) => Assert.Equal(
        "Delivery:From is no address: set it to one such as vouchers@example.com, or NAME <ADDRESS>.\n", await Failing("--Delivery:From", sender));

    [Fact]
    public async Task The_SMTP_server_can_come_from_a_file_and_its_password_is_in_no_log()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "smtp://somebody:s3cret@127.0.0.1:1\n", TestContext.Current.CancellationToken);
        try
        {
            await using var simulator = await SimulatorProcess.Start("--Store", "memory", "--Delivery:Smtp_FILE", file, "--Logging:LogLevel:Default", "Trace");
            Assert.Equal(0, await simulator.Stop());
            Assert.DoesNotContain(simulator.Output, line => line.Contains("s3cret", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }

        var both = await Failing("--Delivery:Smtp", "smtp://127.0.0.1", "--Delivery:Smtp_FILE", "/somewhere");
        Assert.Equal("Delivery:Smtp and Delivery:Smtp_FILE are both set: leave one out.\n", both);
    }

    private static async Task<string> Failing(params string[] arguments)
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd(["--Store", "memory", "--urls", "http://127.0.0.1:0", .. arguments]);
        Assert.Equal(1, exitCode);
        return error;
    }
}
