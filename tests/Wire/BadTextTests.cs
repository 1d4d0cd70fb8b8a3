using System.Text;

namespace ImovoSim.Tests;

/// Text that is none, and text that would like to be something else.
public sealed class BadTextTests
{
    [Theory]
    [InlineData("%00")]
    [InlineData("a%00b")]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%C3%28")]
    [InlineData("%C0%80")]
    [InlineData("%ED%A0%80")]
    [InlineData("%ED%A0%BD%ED%B8%80")]
    [InlineData("%F8%88%80%80%80")]
    [InlineData("%F4%90%80%80")]
    public Task NUL_broken_UTF8_and_lone_surrogates_are_400_in_a_query_and_a_form(string text) => BadInputTests.Nothing_happens(async caller =>
    {
        foreach (var asked in new[] { $"campaignCode={text}&customerReference=1&value=1", $"campaignCode=THINK&customerReference={text}&value=1", $"campaignCode=THINK&customerReference=1&value={text}" })
        {
            Assert.Equal("400", (await caller.Request(asked)).Said);
            Assert.Equal("400", (await caller.Send(HttpMethod.Get, $"{Caller.RequestPath}?{asked}")).Said);
            Assert.Equal("400", (await caller.Form(Caller.RequestPath, asked)).Said);
        }

        Assert.Equal("400", (await caller.Cancel(text)).Said);
        Assert.Equal("400", (await caller.Form(Caller.CancelPath, $"voucherCode={text}")).Said);
    });

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    [InlineData(0xED, 0xA0, 0x80)]
    [InlineData(0x00)]
    public Task Raw_bytes_that_are_no_text_are_400_in_a_body(params int[] bytes) => BadInputTests.Nothing_happens(async caller =>
    {
        byte[] Around(string before, string after) => [.. Encoding.UTF8.GetBytes(before), .. bytes.Select(one => (byte)one), .. Encoding.UTF8.GetBytes(after)];
        const string form = "application/x-www-form-urlencoded";
        Assert.Equal("400", (await caller.Send(HttpMethod.Post, Caller.RequestPath, Caller.Body(Around("campaignCode=THINK&customerReference=", "&value=1"), form))).Said);
        Assert.Equal("400", (await caller.Send(HttpMethod.Post, Caller.CancelPath, Caller.Body(Around("voucherCode=", ""), form))).Said);
        Assert.Equal("400", (await caller.Send(HttpMethod.Post, Caller.WithIdPath, Caller.Body(Around("""{"CampaignCode":"CAMP01","Address":"x""", "\"}"), "application/json"))).Said);
        Assert.Equal("400", (await caller.Send(HttpMethod.Post, Caller.WithIdPath, Caller.Body(Around("{\"Add", "ress\":\"x\"}"), "application/json"))).Said);
        var parts = Around("--b\r\nContent-Disposition: form-data; name=\"campaignCode\"\r\n\r\nTHINK", "\r\n--b--\r\n");
        Assert.Equal("400", (await caller.Send(HttpMethod.Post, Caller.RequestPath, Caller.Body(parts, "multipart/form-data; boundary=b"))).Said);
    });

    [Theory]
    [InlineData("\\u0000")]
    [InlineData("\\ud800")]
    [InlineData("\\udc00")]
    [InlineData("a\\ud83dz")]
    [InlineData("\\ude00\\ud83d")]
    public Task NUL_and_lone_surrogates_are_400_in_JSON(string text) => BadInputTests.Nothing_happens(async caller =>
    {
        foreach (var member in new[] { "CAMP01", "09283-765748", "Johnsmith@email.com", "John Smith", "AL1 0BS" })
            Assert.Equal("400", (await caller.WithId(Caller.Sample.Replace(member, text, StringComparison.Ordinal))).Said);
        Assert.Equal("400", (await caller.WithId(Caller.Sample.Replace("1.00", $"\"{text}\"", StringComparison.Ordinal))).Said);
    });

    [Fact]
    public async Task What_is_no_text_and_does_not_count_is_not_refused()
    {
        var caller = Simulator.Shared.Caller();
        Assert.Equal("issued 1.00", (await caller.Form($"{Caller.RequestPath}?campaignCode=THINK&value=1&customerReference=%00", "customerReference=07700900001")).Said);
        Assert.Equal("issued 1.00", (await caller.WithId(Caller.Sample.Replace("{", "{\"CustomerReference\":\"\\u0000\",", StringComparison.Ordinal))).Said);
        Assert.Equal("400", (await caller.Form($"{Caller.RequestPath}?campaignCode=THINK&value=1&customerReference=07700900001", "customerReference=%00")).Said);
    }

    [Fact]
    public async Task Text_of_every_script_comes_through()
    {
        var caller = Simulator.Shared.Caller();
        Assert.Equal("issued 1.00", (await caller.WithId(Caller.Sample.Replace("John Smith", "Zoë Müller-Łukasz 山田太郎 \\ud83d\\ude00 😀 O'Brien <script>", StringComparison.Ordinal))).Said);
        Assert.Equal("issued 20.00", (await caller.Issue(reference: Uri.EscapeDataString("😀é"))).Said);
    }

    [Theory]
    [InlineData("campaignCode")]
    [InlineData("customerReference")]
    [InlineData("a%0D%0AX-Injected: 1%0D%0A")]
    public async Task No_text_becomes_a_header(string name)
    {
        const string evil = "%0D%0AX-Injected:%201%0D%0A%0D%0A%3Cscript%3E";
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var reply = await Simulator.Shared.Caller().Send(method, $"{Caller.RequestPath}?{Uri.UnescapeDataString(Uri.EscapeDataString(name))}={evil}&campaignCode=GMGSUB7DAY&customerReference={evil}");
            Assert.Equal(200, reply.Status);
            Assert.DoesNotContain("X-Injected", reply.Headers.Keys);
            Assert.DoesNotContain('\n', reply.Body);
        }

        var cancelled = await Simulator.Shared.Caller().Cancel(evil + "&" + name + "=" + evil);
        Assert.Equal("Voucher not found", cancelled.Said);
        Assert.DoesNotContain("X-Injected", cancelled.Headers.Keys);
    }

    [Theory]
    [InlineData("X-API-KEY: sim_abcdef\r\n X-Folded: 1", "400")]
    [InlineData("X-API-KEY: sim_abc\0def", "400")]
    [InlineData("X-API-KEY : sim_abcdef", "400")]
    [InlineData("X-API-KEY: sim_abc\u00ff", "400")]
    [InlineData("X-API-KEY: sim_abcdef\r\nHost: b", "400")]
    [InlineData("X-API-KEY: sim_abcdef\r\nContent-Length: -1", "400")]
    [InlineData("X-API-KEY: sim_abcdef\r\nContent-Length: 1x", "400")]
    [InlineData("X-API-KEY: sim_abcdef\r\nContent-Length: 5\r\nContent-Length: 6", "400")]
    [InlineData("X-API-KEY: sim_abcdef\r\nTransfer-Encoding: nonsense", "400")]
    [InlineData("X-API-KEY: sim_abcdef\r\nno header at all", "400")]
    public async Task Headers_that_are_none_are_400(string headers, string status) =>
        Assert.Equal(status, await Status($"POST {Caller.CancelPath}?voucherCode=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n\r\n"));

    [Theory]
    [InlineData("NONSENSE\r\n\r\n", "400")]
    [InlineData("GET\r\n\r\n", "400")]
    [InlineData("GET / HTTP/9.9\r\nHost: a\r\n\r\n", "505")]
    [InlineData("GET  HTTP/1.1\r\nHost: a\r\n\r\n", "400")]
    [InlineData("GET /\u00ff HTTP/1.1\r\nHost: a\r\n\r\n", "400")]
    [InlineData("GET /VoucherRequest/Request?campaignCode=\u00ff HTTP/1.1\r\nHost: a\r\nX-API-KEY: demo-key\r\n\r\n", "400")]
    [InlineData("GET /VoucherRequest/Request?campaignCode=\0 HTTP/1.1\r\nHost: a\r\nX-API-KEY: demo-key\r\n\r\n", "400")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", "400")]
    [InlineData("GET /VoucherRequest/Request HTTP/1.1\r\n\r\n", "400")]
    public async Task A_request_that_is_none_is_refused(string request, string status) =>
        Assert.Equal(status, await Status(request));

    [Theory]
    [InlineData(Caller.RequestPath, "campaignCode=THINK&value=1&customerReference=")]
    [InlineData(Caller.WithIdPath, "customerReference=")]
    [InlineData(Caller.CancelPath, "voucherCode=")]
    public async Task A_query_of_64_kB_is_414(string path, string query)
    {
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            var reply = await Simulator.Shared.Caller().Send(method, $"{path}?{query}{new string('x', 65536)}");
            Assert.Equal((414, ""), (reply.Status, reply.Body));
        }
    }

    [Fact]
    public async Task Headers_of_64_kB_are_431() =>
        Assert.Equal("431", await Status($"POST {Caller.CancelPath} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {new string('x', 65536)}\r\nConnection: close\r\n\r\n"));

    [Fact]
    public async Task A_body_that_ends_before_its_length_issues_nothing() => await BadInputTests.Nothing_happens(async caller =>
    {
        using var raw = await Simulator.Shared.Connect();
        await raw.Send($"POST {Caller.RequestPath} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {caller.Key}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 500\r\nConnection: close\r\n\r\ncampaignCode=THINK&customerReference=1&value=1");
        raw.EndOfRequest();
        Assert.DoesNotContain("voucherCode", await raw.ReadToEnd(), StringComparison.Ordinal);
    });

    private static async Task<string> Status(string request)
    {
        using var raw = await Simulator.Shared.Connect();
        await raw.Send(request);
        var answer = await raw.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer, StringComparison.Ordinal);
        return answer.Split(' ')[1];
    }
}
