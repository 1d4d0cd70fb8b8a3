namespace ImovoSim.Tests;

/// Keys as GnuPG makes them, and what their owners read.
public sealed class GoodKeysTests : IAsyncDisposable
{
    private readonly Gpg _gpg = new();

    public ValueTask DisposeAsync() => _gpg.DisposeAsync();

    private static string Name => $"good-{TestContext.Current.Test!.UniqueID[..20]}";

    [Theory]
    [InlineData("rsa3072", "rsa3072")]
    [InlineData("rsa2048", "rsa4096")]
    [InlineData("ed25519", "cv25519")]
    [InlineData("ed25519", "rsa2048")]
    [InlineData("nistp256", "nistp384")]
    public async Task Its_owner_alone_reads_the_key_and_it_works(string signs, string encrypts)
    {
        await _gpg.NewKey("acme", signs, encrypts);
        var reply = await Simulator.Shared.Ask(Name, await _gpg.Export("acme"));
        Assert.Equal(201, reply.Status);
        Assert.StartsWith("-----BEGIN PGP MESSAGE-----\n\n", reply.Body, StringComparison.Ordinal);
        var client = Simulator.Shared.WithKey(await _gpg.OpenedKey(reply));
        Assert.True((await client.Issue()).Succeeded);
        Assert.Equal(Name, (await client.Get("/_sim")).Text("name"));
        await using var stranger = new Gpg();
        await Assert.ThrowsAsync<InvalidOperationException>(() => stranger.Decrypt(reply.Body));
    }

    [Fact]
    public async Task One_key_that_signs_and_encrypts_is_enough()
    {
        await _gpg.Run(null, "--quick-generate-key", "one@example.com", "rsa2048", "sign,encr", "never");
        Assert.True((await Simulator.Shared.WithKey(await _gpg.OpenedKey(await Simulator.Shared.Ask(Name, await _gpg.Export("one")))).Issue()).Succeeded);
    }

    [Fact]
    public async Task The_letter_tells_the_address_the_campaigns_with_their_limits_and_a_first_call()
    {
        await _gpg.NewKey("acme");
        var letter = await _gpg.Opened(await Simulator.Shared.Ask(Name, await _gpg.Export("acme")));
        var (key, address) = (Partner.KeyIn(letter), Simulator.Shared.Http.BaseAddress!.OriginalString.TrimEnd('/'));
        Assert.StartsWith($"The key of {Name} at a simulator of the i-movo voucher service.\n\nKey: {key}\nAddress: {address}\nWeekly limit: none\n\n", letter, StringComparison.Ordinal);
        Assert.Contains("\nTHINK: cash, from £1.00 to £100.00\n", letter, StringComparison.Ordinal);
        Assert.Contains("\nCAMP01: discount, from £0.01 to £100.00, with name, address and post code by RequestVoucherWithId, without by Request\n", letter, StringComparison.Ordinal);
        Assert.Contains("\nOFF50P: discount, £0.50 each\n", letter, StringComparison.Ordinal);
        Assert.Contains("\nONEPER: discount, £1.00 each, 1 live at most for a customer reference\n", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("CLOSED:", letter, StringComparison.Ordinal);
        Assert.EndsWith($"curl -X POST '{address}/VoucherRequest/Request?campaignCode=THINK&customerReference=07700900123&value=20.00' -H 'X-API-KEY: {key}'\n", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_letter_names_the_address_that_is_set_and_the_first_call_of_it_works()
    {
        await using var simulator = new Simulator(("PublicUrl", "https://vouchers.example/"));
        await _gpg.NewKey("acme");
        var letter = await _gpg.Opened(await simulator.Ask("ACME", await _gpg.Export("acme")));
        Assert.Contains("\nAddress: https://vouchers.example\n", letter, StringComparison.Ordinal);
        var call = letter.TrimEnd().Split('\n')[^1].Replace("https://vouchers.example", simulator.Http.BaseAddress!.OriginalString.TrimEnd('/'), StringComparison.Ordinal);
        var (exitCode, output, _) = await ContainerEngine.TryRun("bash", ["-c", call + " -s --noproxy '*'"]);
        Assert.Equal(0, exitCode);
        Assert.Contains("\"successfulRequest\":true", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a'b")]
    [InlineData("a$b")]
    public async Task A_host_that_a_shell_would_not_take_for_one_is_not_repeated(string host)
    {
        await _gpg.NewKey("acme");
        var message = await Curl(await _gpg.Export("acme"), "-H", $"Host: {host}");
        Assert.Contains("\nAddress: http://127.0.0.1:5080\n", (await _gpg.Decrypt(message)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_subkeys_it_is_sealed_for_the_newest_that_is_good()
    {
        var early = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var fingerprint = await _gpg.NewKey("many", at: early);
        await _gpg.AddSubkey(fingerprint, "cv25519", at: early.AddDays(1));
        await _gpg.AddSubkey(fingerprint, "cv25519", "2d", early.AddDays(2));
        await _gpg.AddSubkey(fingerprint, "elg2048", at: early.AddDays(3));
        await _gpg.AddSubkey(fingerprint, "rsa1024", at: early.AddDays(4));
        await _gpg.AddSubkey(fingerprint, "cv25519", at: early.AddDays(5));
        await _gpg.Run(null, "--faked-system-time", "20240107T000000", "--quick-add-key", fingerprint, "ed25519", "sign", "never");
        await _gpg.Edit("many", "key 6", "revkey", "y", "0", "", "y", "save");
        var subkeys = await _gpg.Subkeys("many");
        Assert.Equal(7, subkeys.Count);
        var reply = await Simulator.Shared.Ask(Name, await _gpg.Export("many"));
        Assert.Equal(201, reply.Status);
        Assert.Contains(subkeys[1], await _gpg.Run(reply.Body, "--list-packets"), StringComparison.Ordinal);
        await _gpg.Opened(reply);
    }

    [Fact]
    public async Task Others_signatures_comments_and_the_line_ends_of_Windows_do_no_harm()
    {
        await _gpg.NewKey("acme");
        await _gpg.NewKey("friend");
        await _gpg.Run(null, "--default-key", "friend@example.com", "--quick-sign-key", await _gpg.Fingerprint("acme"));
        var key = "Here it is:\n\n" + (await _gpg.Export("acme")).Replace("BLOCK-----\n\n", "BLOCK-----\nComment: my PRIVATE KEY is mine\n\n", StringComparison.Ordinal);
        Assert.Equal(201, (await Simulator.Shared.Ask(Name, key.Replace("\n", "\r\n", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Without_a_name_one_is_made_of_the_fingerprint()
    {
        var fingerprint = await _gpg.NewKey("acme");
        var reply = await Simulator.Shared.WithKey(null).Post("/_sim/onboarding", await _gpg.Export("acme"));
        var client = Simulator.Shared.WithKey(await _gpg.OpenedKey(reply));
        Assert.Equal($"pgp-{fingerprint[^16..].ToLowerInvariant()}", (await client.Get("/_sim")).Text("name"));
    }

    [Fact]
    public async Task Curl_needs_nothing_but_the_file()
    {
        await _gpg.NewKey("acme");
        Assert.Matches("^[0-9a-f]{32}$", Partner.KeyIn((await _gpg.Decrypt(await Curl(await _gpg.Export("acme")))).Text));
    }

    private static async Task<string> Curl(string publicKey, params string[] more)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, publicKey, TestContext.Current.CancellationToken);
        var (_, output, _) = await ContainerEngine.TryRun("curl", ["-sS", "--noproxy", "*", "--data-binary", $"@{file}", $"{Simulator.Shared.Http.BaseAddress}_sim/onboarding?name={Name}", .. more]);
        File.Delete(file);
        return output;
    }
}
