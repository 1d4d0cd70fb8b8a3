using System.Globalization;
using System.Text.Json;

namespace ImovoSim.Tests;

/// What the image is, before anything runs.
public sealed class ImageTests
{
    [Fact]
    public async Task It_has_at_most_45_MB_uncompressed()
    {
        var image = await Inspected();
        var megabytes = image.GetProperty("Size").GetInt64() / 1e6;
        ModuleTests.Say(string.Create(CultureInfo.InvariantCulture, $"image size, uncompressed: {megabytes:0.0} MB"));
        Assert.InRange(megabytes, 5, 45);
    }

    [Fact]
    public async Task It_runs_as_nobody_in_particular_with_a_volume_a_port_and_a_check_of_its_health()
    {
        var config = (await Inspected()).GetProperty("Config");
        Assert.Equal("1654:1654", config.GetProperty("User").GetString());
        Assert.True(config.GetProperty("Volumes").TryGetProperty("/data", out _));
        Assert.True(config.GetProperty("ExposedPorts").TryGetProperty("8080/tcp", out _));
        Assert.Equal(["CMD", "/app/imovo-sim", "health"], config.GetProperty("Healthcheck").GetProperty("Test").EnumerateArray().Select(word => word.GetString()));
    }

    [Fact]
    public async Task It_says_what_it_is_and_of_which_version()
    {
        var labels = (await Inspected()).GetProperty("Config").GetProperty("Labels");
        Assert.Equal("ImovoSim", labels.GetProperty("org.opencontainers.image.title").GetString());
        Assert.Equal("MIT", labels.GetProperty("org.opencontainers.image.licenses").GetString());
        foreach (var name in new[] { "version", "revision", "source", "description" })
            Assert.NotEqual("", labels.GetProperty($"org.opencontainers.image.{name}").GetString());
    }

    [Fact]
    public async Task There_is_no_secret_no_shell_and_no_source_in_it()
    {
        var environment = (await Inspected()).GetProperty("Config").GetProperty("Env").EnumerateArray().Select(one => one.GetString()!.Split('=')[0]).ToArray();
        Assert.DoesNotContain(environment, name => name.Contains("Token", StringComparison.OrdinalIgnoreCase) || name.Contains("Key", StringComparison.OrdinalIgnoreCase) || name.Contains("Store", StringComparison.OrdinalIgnoreCase));
        var files = await Files();
        Assert.Contains("app/imovo-sim", files);
        Assert.Contains("usr/share/zoneinfo/Europe/London", files);
        Assert.DoesNotContain(files, file => file is "bin/sh" or "usr/bin/sh" or "usr/bin/bash" || file.StartsWith("src/", StringComparison.Ordinal));
        // What stands beside the program is what it needs, and nothing of the machine that built it.
        Assert.Equal(["app/imovo-sim", "app/libe_sqlite3.so"], files.Where(file => file.StartsWith("app/", StringComparison.Ordinal) && file.Length > 4).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonElement> Inspected()
    {
        await ContainerEngine.Required();
        using var all = JsonDocument.Parse(await ContainerEngine.Run("image", "inspect", await ContainerEngine.Image));
        return all.RootElement[0].Clone();
    }

    private static async Task<string[]> Files()
    {
        var container = await ContainerEngine.Run("create", await ContainerEngine.Image);
        var file = Path.GetTempFileName();
        try
        {
            await ContainerEngine.Run("export", "-o", file, container);
            await using var stream = File.OpenRead(file);
            await using var tar = new System.Formats.Tar.TarReader(stream);
            var names = new List<string>();
            while (await tar.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
                names.Add(entry.Name);
            return [.. names];
        }
        finally
        {
            File.Delete(file);
            await ContainerEngine.Run("rm", "-v", container);
        }
    }
}
