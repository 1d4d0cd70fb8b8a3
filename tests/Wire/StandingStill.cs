namespace ImovoSim.Tests;

/// The native binary, with every client's clock standing still where those of the other simulators begin.
internal static class StandingStill
{
    private const string Token = "the-token-of-these-tests";

    public static async Task<Uri> Start()
    {
        // It lives as long as the tests do; nothing reads what it says, which is the two lines of its start and errors.
        var process = new RealProcess("--urls=http://127.0.0.1:0", $"--Admin:Token={Token}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Dispose();
        var address = new Uri((await process.FirstLine()).Split(' ')[3].TrimEnd(':'));
        using var http = new HttpClient { BaseAddress = address };
        var clock = $$"""{"mode":"frozen","at":"{{Simulator.Start:O}}"}""";
        await Put(http, "/_sim/admin/defaults", $$"""{"clock":{{clock}}}""", "Authorization", $"Bearer {Token}");
        foreach (var key in (string[])["demo-key", "limitco-key", "other-key"])
            await Put(http, "/_sim/clock", clock, "X-API-KEY", key);
        return address;
    }

    private static async Task Put(HttpClient http, string path, string json, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, new Uri(path, UriKind.Relative)) { Content = Caller.Json(json) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
