using System.Diagnostics;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ImovoSim.Tests;

/// What can be seen of a page.
internal static class Looks
{
    public static void ZbarRequired() => Need.Have("chromium", File.Exists("/usr/bin/zbarimg"), "zbarimg (Debian's zbar-tools) is not installed");

    /// Opens an address of the simulator; nothing on its pages may break its own policy.
    public static async Task<IResponse> Go(this IPage page, Running simulator, string path)
    {
        var response = await page.GotoAsync(new Uri(simulator.Address, path).ToString());
        return response!;
    }

    public static async Task AssertNoSidewaysScrolling(this IPage page)
    {
        var (wide, shown) = (await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await page.EvaluateAsync<int>("document.documentElement.clientWidth"));
        Assert.True(wide <= shown, $"{page.Url} is {wide} wide where {shown} are shown");
    }

    public static async Task AssertAccessible(this IPage page)
    {
        var found = await page.RunAxe();
        Assert.NotEmpty(found.Passes);
        Assert.Empty(found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation =>
            $"{page.Url}: {violation.Id}, {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => node.Html))}"));
    }

    /// What a scanner reads from a picture.
    public static async Task<string> Decode(byte[] png)
    {
        var cancel = TestContext.Current.CancellationToken;
        var file = Path.Combine(Path.GetTempPath(), $"imovo-{Environment.ProcessId}-{TestContext.Current.Test!.UniqueID[..12]}.png");
        await File.WriteAllBytesAsync(file, png, cancel);
        try
        {
            using var zbar = Process.Start(new ProcessStartInfo("zbarimg", ["--nodbus", "--quiet", file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await zbar.StandardOutput.ReadToEndAsync(cancel);
            await zbar.WaitForExitAsync(cancel);
            return output.Trim();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
