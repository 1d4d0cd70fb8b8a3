namespace ImovoSim.Tests;

/// imovo-sim onboard, as a person types it.
public sealed class OnboardCommandTests : IAsyncDisposable
{
    private readonly Gpg _gpg = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("imovo-onboard-").FullName;

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, true);
        await _gpg.DisposeAsync();
    }

    [Fact]
    public async Task It_prints_the_message_and_the_key_in_it_works()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory");
        using var http = new HttpClient { BaseAddress = simulator.Address };
        await _gpg.NewKey("acme");
        var (exitCode, output, error) = await SimulatorProcess.RunToEnd("onboard", "--public-key", await Written(await _gpg.Export("acme")), "--name", "ACME", "--address", simulator.Address.OriginalString);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.True((await new Steered(http, Partner.KeyIn((await _gpg.Decrypt(output)).Text)).Issue()).Succeeded);

        (exitCode, output, error) = await SimulatorProcess.RunToEnd("onboard", $"--public-key={await Written(await _gpg.Export("acme"))}", "--name=ACME", $"--address={simulator.Address}");
        Assert.Equal((1, "", "There is a client of this name: choose another. Whose client it is gets another key at POST /_sim/onboarding/rotate-key.\n"), (exitCode, output, error));
    }

    [Fact]
    public async Task Where_the_admin_approves_it_says_where_the_message_will_be()
    {
        await using var simulator = await SimulatorProcess.Start("--Store", "memory", "--Onboarding:Approval", "true");
        await _gpg.NewKey("acme");
        var (exitCode, output, error) = await SimulatorProcess.RunToEnd("onboard", "--public-key", await Written(await _gpg.Export("acme")), "--address", simulator.Address.OriginalString);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Matches($"^The admin of this simulator is to approve first[.] Then the message is at {simulator.Address.OriginalString}/_sim/onboarding/[0-9a-f]{{32}}\n$", error);
    }

    [Fact]
    public async Task A_private_key_does_not_leave_the_machine()
    {
        await _gpg.NewKey("acme");
        var file = await Written(await _gpg.ExportPrivate("acme"));
        Assert.Equal(
            (1, "", $"{file} is a private key, and was not sent: it must stay with you alone. Give the public one, as gpg --armor --export YOUR-ADDRESS prints it.\n"),
            await SimulatorProcess.RunToEnd("onboard", "--public-key", file, "--address", "http://127.0.0.1:1"));
    }

    [Theory]
    [InlineData("onboard", "--public-key is needed: imovo-sim onboard --public-key FILE [--name NAME] [--address URL].")]
    [InlineData("onboard --public-key", "--public-key has no value: imovo-sim onboard --public-key FILE [--name NAME] [--address URL].")]
    [InlineData("onboard --key x", "--key is nothing that onboard knows: imovo-sim onboard --public-key FILE [--name NAME] [--address URL].")]
    [InlineData("onboard --public-key x --address somewhere", "--address is somewhere: give it the simulator's, such as http://127.0.0.1:5080.")]
    [InlineData("onboard --public-key /nowhere/x", "/nowhere/x cannot be read: Could not find a part of the path '/nowhere/x'. Give --public-key a file with what gpg --armor --export YOUR-ADDRESS prints, or - to read it from the input.")]
    public async Task What_cannot_be_understood_gets_a_sentence(string arguments, string sentence) =>
        Assert.Equal((1, "", sentence + "\n"), await SimulatorProcess.RunToEnd(arguments.Split(' ')));

    [Fact]
    public async Task Where_nothing_answers_it_says_so()
    {
        var (exitCode, _, error) = await SimulatorProcess.RunToEnd("onboard", "--public-key", await Written("x"), "--address", "http://127.0.0.1:1");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Nothing answers at http://127.0.0.1:1/: ", error, StringComparison.Ordinal);
        Assert.EndsWith("Give the simulator's own --address, such as http://127.0.0.1:5080.\n", error, StringComparison.Ordinal);
    }

    private async Task<string> Written(string text)
    {
        var file = Path.Combine(_folder, $"key-{text.Length}.asc");
        await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
        return file;
    }
}
