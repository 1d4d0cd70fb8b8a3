using System.Text;

namespace ImovoSim.Tests;

/// Keys of GnuPG that are not good for it: each is told why, and makes no client.
public sealed class RefusedKeysTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Long = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Gpg _gpg = new();

    public ValueTask DisposeAsync() => _gpg.DisposeAsync();

    private static string Name => $"refused-{TestContext.Current.Test!.UniqueID[..20]}";

    [Fact]
    public async Task An_expired_key()
    {
        await _gpg.NewKey("old", encrypts: null, expires: "1d", at: Long);
        await Refused("400 The key expired on 2020-01-02: renew it (gpg --quick-set-expire FINGERPRINT 1y) and send it again.", await _gpg.Export("old"));
    }

    [Fact]
    public async Task An_expired_subkey()
    {
        await _gpg.AddSubkey(await _gpg.NewKey("old", encrypts: null, at: Long), "cv25519", "1d", Long);
        await Refused("400 The key's encryption subkey expired on 2020-01-02: renew it (gpg --quick-set-expire FINGERPRINT 1y '*') and send the key again.", await _gpg.Export("old"));
    }

    [Fact]
    public async Task Whether_a_key_is_expired_the_clock_of_the_simulator_says()
    {
        await using var simulator = new Simulator();
        await _gpg.NewKey("brief", expires: "1y");
        Assert.Equal(201, (await simulator.Ask("before", await _gpg.Export("brief"))).Status);
        simulator.Clock.Advance(TimeSpan.FromDays(1000));
        Assert.StartsWith("400 The key expired on ", (await simulator.Ask("after", await _gpg.Export("brief"))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_renewed_key_is_good_again()
    {
        var fingerprint = await _gpg.NewKey("old", expires: "1d", at: Long);
        await _gpg.Run(null, "--quick-set-expire", fingerprint, "10y");
        Assert.Equal(201, (await Simulator.Shared.Ask(Name, await _gpg.Export("old"))).Status);
    }

    [Fact]
    public async Task A_revoked_key()
    {
        await _gpg.NewKey("gone");
        await _gpg.Revoke("gone");
        await Refused("400 The key is revoked: send one that is not.", await _gpg.Export("gone"));
    }

    [Fact]
    public async Task A_revoked_subkey()
    {
        await _gpg.NewKey("gone");
        await _gpg.Edit("gone", "key 1", "revkey", "y", "0", "", "y", "save");
        await Refused("400 The key's encryption subkey is revoked: add another (gpg --quick-add-key FINGERPRINT default encr), or send another key.", await _gpg.Export("gone"));
    }

    [Theory]
    [InlineData("ed25519")]
    [InlineData("rsa2048")]
    public async Task A_key_that_only_signs(string signs)
    {
        await _gpg.NewKey("signer", signs, encrypts: null);
        await Refused("400 The key can sign and not encrypt: add an encryption subkey (gpg --quick-add-key FINGERPRINT default encr), or send another key.", await _gpg.Export("signer"));
    }

    [Theory]
    [InlineData("rsa1024", null, "RSA with 1024 bits, which is too weak")]
    [InlineData("ed25519", "rsa1024", "RSA with 1024 bits, which is too weak")]
    [InlineData("ed25519", "elg2048", "ElGamal, which is not supported here")]
    [InlineData("dsa2048", "rsa2048", "DSA, which is not supported here")]
    public async Task A_weak_key_or_one_of_another_kind(string signs, string? encrypts, string what)
    {
        await _gpg.NewKey("weak", signs, encrypts);
        await Refused($"400 The key is {what}: send a key of RSA with 2048 bits or more, or of Curve25519.", await _gpg.Export("weak"));
    }

    [Theory]
    [InlineData("one block")]
    [InlineData("two blocks")]
    public async Task Several_keys(string how)
    {
        await _gpg.NewKey("one");
        await _gpg.NewKey("two");
        await Refused(
            "400 These are several keys, and a message is sealed for one: send the one, as gpg --armor --export ITS-FINGERPRINT prints it.",
            how == "one block" ? await _gpg.Export("one", "two") : await _gpg.Export("one") + await _gpg.Export("two"));
    }

    [Theory]
    [InlineData("as it is")]
    [InlineData("under another head")]
    public async Task A_private_key(string how)
    {
        await _gpg.NewKey("mine");
        var key = await _gpg.ExportPrivate("mine");
        await Refused(
            "400 This is a private key. It was not kept: it must stay with you alone. Send the public one, as gpg --armor --export YOUR-ADDRESS prints it.",
            how == "as it is" ? key : key.Replace("PRIVATE", "PUBLIC", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("{\"key\":\"-----BEGIN PGP MESSAGE-----\"}")]
    public Task What_is_no_key(string text) => Refused(
        "400 This is no ASCII-armoured public key: send what gpg --armor --export YOUR-ADDRESS prints, from -----BEGIN PGP PUBLIC KEY BLOCK----- to its END.", text);

    [Fact]
    public async Task What_is_left_of_a_key_that_was_cut_or_mistyped()
    {
        await _gpg.NewKey("acme");
        var lines = (await _gpg.Export("acme")).Split('\n');
        const string Broken = "400 The public key cannot be read: it is cut short or altered. Send it as gpg --armor --export YOUR-ADDRESS prints it.";
        await Refused(Broken, string.Join('\n', lines[..6]));
        await Refused(Broken, string.Join('\n', [.. lines[..5], .. lines[6..]]));
        await Refused(Broken, string.Join('\n', [.. lines[..2], "!!!!", .. lines[3..]]));
        await Refused(Broken, "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n-----END PGP PUBLIC KEY BLOCK-----\n");
    }

    [Fact]
    public async Task A_key_that_another_has_altered()
    {
        await _gpg.NewKey("acme");
        var key = await Bytes("acme");
        var name = key.AsSpan().IndexOf("acme@"u8);
        key[name] ^= 1;
        await Refused("400 The key is not signed by itself, or it was altered since: send it as gpg --armor --export YOUR-ADDRESS prints it.", Armoured(key));
        // Its last 122 bytes are the subkey's signature, and the subkey's point stands before them.
        key = await Bytes("acme");
        key[^140] ^= 1;
        Assert.StartsWith("400 The key is not signed by itself", (await Simulator.Shared.Ask(Name, Armoured(key))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_more_than_64_kB() => await Refused(
        "413 A public key may have 64 kB here: send it without the signatures of others, as gpg --armor --export-options export-minimal --export YOUR-ADDRESS prints it.", new string('x', 64 * 1024 + 1));

    [Fact]
    public async Task Whatever_bytes_come_it_is_a_refusal_and_no_failure()
    {
        await _gpg.NewKey("acme");
        var (key, chance) = (await Bytes("acme"), new Random(20261127));
        for (var i = 0; i < 400; i++)
        {
            var altered = key.ToArray();
            for (var flips = chance.Next(1, 4); flips > 0; flips--)
                altered[chance.Next(altered.Length)] = (byte)chance.Next(256);
            var reply = await Simulator.Shared.Ask($"{Name}-{i}", Armoured(altered));
            Assert.True(reply.Status is 201 || reply.Problem.StartsWith("400 ", StringComparison.Ordinal), $"{reply.Problem}: {Convert.ToHexString(altered)}");
        }
    }

    private static async Task Refused(string problem, string key)
    {
        Assert.Equal(problem, (await Simulator.Shared.Ask(Name, key)).Problem);
        Assert.DoesNotContain(Name, (await Simulator.Shared.Admin.Get("/_sim/admin/clients")).Body, StringComparison.Ordinal);
    }

    private async Task<byte[]> Bytes(string name)
    {
        var armoured = await _gpg.Export(name);
        return Convert.FromBase64String(string.Concat(armoured.Split("\n\n")[1].Split('\n').TakeWhile(line => !line.StartsWith('=') && !line.StartsWith('-'))));
    }

    private static string Armoured(byte[] key) => new StringBuilder("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n")
        .Append(Convert.ToBase64String(key, Base64FormattingOptions.InsertLineBreaks)).Append("\n-----END PGP PUBLIC KEY BLOCK-----\n").ToString();
}
