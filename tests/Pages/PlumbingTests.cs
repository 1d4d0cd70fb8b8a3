using System.Net;
using System.Text.RegularExpressions;
using ImovoSim.Pages;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// What all pages share, and what stays the vendor's.
public sealed class PlumbingTests(Running simulator, Browser browser)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/9999999999TY")]
    [InlineData("/3721902693TY")]
    [InlineData("/stores?postcode=AL7")]
    [InlineData("/till")]
    [InlineData("/till/receipt?code=1")]
    [InlineData("/pages.css")]
    public async Task A_page_loads_nothing_from_outside_and_runs_nothing(string path)
    {
        using var response = await simulator.Http.GetAsync(path, Cancel);
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'", headers["Content-Security-Policy"]);
        Assert.Equal(("nosniff", "DENY", "same-origin"), (headers["X-Content-Type-Options"], headers["X-Frame-Options"], headers["Referrer-Policy"]));
        Assert.False(headers.ContainsKey("Set-Cookie"));
        var html = await response.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("style=", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_browser_finds_nothing_that_the_pages_own_policy_forbids()
    {
        var given = await simulator.Customer().IssueWithId("John Smith", "19 Test Street", "AL1 0BS");
        var page = await browser.Open();
        var said = new List<string>();
        page.Console += (_, message) => said.Add($"{page.Url}: {message.Type} {message.Text}");
        page.RequestFailed += (_, request) => said.Add($"{request.Url}: {request.Failure}");
        foreach (var path in new[] { given.Path, "/stores?postcode=AL7", "/till", "/" })
            await page.Go(simulator, path);
        Assert.Empty(said);
    }

    [Fact]
    public async Task Links_lead_to_their_vouchers_on_a_store_that_is_kept_as_well()
    {
        var folder = Directory.CreateTempSubdirectory("imovo-pages-").FullName;
        await using (var kept = await SimulatorProcess.Start("--Store", "sqlite", "--DataFolder", folder))
        {
            using var http = new HttpClient { BaseAddress = kept.Address };
            var client = new Customer(http, "sim_kept");
            foreach (var campaign in new[] { "THINK", "CASHID", "GMGSUB7DAY" })
            {
                var given = await client.Issue(campaign, "20.00", "someone@example.com");
                Assert.Contains(given.Code, await http.GetStringAsync(given.Path, Cancel), StringComparison.Ordinal);
            }
        }

        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task The_journal_leads_to_the_simulators_own_page_unless_the_link_would_say_the_reference()
    {
        var client = simulator.Customer();
        var plain = await client.Issue();
        Assert.Contains($"\"page\":\"{plain.Path}?client={await client.Name()}\"", await client.Control(HttpMethod.Get, "/_sim/journal?limit=1"), StringComparison.Ordinal);
        await client.Issue("GMGSUB7DAY", reference: "someone@example.com");
        Assert.DoesNotContain("\"page\"", await client.Control(HttpMethod.Get, "/_sim/journal?limit=1"), StringComparison.Ordinal);
        Assert.Contains("\"page\"", await client.Control(HttpMethod.Get, "/_sim/journal?limit=1&show=personal"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/123TY")]
    [InlineData("GET", "/voucher")]
    [InlineData("GET", "/voucher/1/2/3")]
    [InlineData("POST", "/3721902693TY")]
    [InlineData("DELETE", "/3721902693TY")]
    [InlineData("POST", "/nothing")]
    public async Task What_is_no_page_stays_an_empty_404(string method, string path)
    {
        using var response = await simulator.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        Assert.Equal((HttpStatusCode.NotFound, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel)));
    }

    [Theory]
    [InlineData("/?id=")]
    [InlineData("/?id=GC-short")]
    [InlineData("/?id=GC-aaaaaaaaa")]
    public async Task The_root_with_an_id_that_is_no_vouchers_says_so_and_is_no_dashboard(string path)
    {
        using var response = await simulator.Http.GetAsync(path, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("This link leads to no voucher", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_dashboard_runs_its_own_script_and_nothing_else()
    {
        using var response = await simulator.Http.GetAsync("/", Cancel);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        var html = await response.Content.ReadAsStringAsync(Cancel);
        Assert.Equal("<script type=\"module\" src=\"/dashboard.js\"></script>", Assert.Single(Regex.Matches(html, "<script[^>]*>.*?</script>").Select(match => match.Value)));
        Assert.DoesNotMatch("(?i)style=|\\son[a-z]+=|https?:", html);
        Assert.False(response.Headers.Contains("Set-Cookie"));
        foreach (var path in new[] { "/dashboard.js", "/client.js", "/messages.js", "/onboarding.js" })
        {
            using var script = await simulator.Http.GetAsync(path, Cancel);
            Assert.Equal("text/javascript", script.Content.Headers.ContentType!.MediaType);
            Assert.DoesNotMatch("innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|localStorage|document\\.cookie", await script.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Theory]
    [InlineData("7585408190")]
    [InlineData("316134452135")]
    [InlineData("12345678901")]
    [InlineData("123456789012345678")]
    public async Task A_number_is_to_be_had_as_a_picture_that_scans(string code)
    {
        Looks.ZbarRequired();
        using var picture = await simulator.Http.GetAsync($"/barcode.png?code={code}", Cancel);
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal($"CODE-128:{code}", await Looks.Decode(await picture.Content.ReadAsByteArrayAsync(Cancel)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?code=1234567")]
    [InlineData("?code=1234567890123456789")]
    [InlineData("?code=12345678x")]
    [InlineData("?code=1234567890&code=1234567890")]
    public async Task What_is_no_number_has_no_picture(string query)
    {
        using var none = await simulator.Http.GetAsync($"/barcode.png{query}", Cancel);
        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (none.StatusCode, none.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Where_a_stranger_is_not_told_of_paths_pages_are_there_all_the_same()
    {
        var profile = Path.GetTempFileName();
        await File.WriteAllTextAsync(profile, """{"key-before-route":"yes"}""", Cancel);
        await using var strict = await SimulatorProcess.Start("--Store", "memory", "--Fidelity:Profile", profile);
        using var http = new HttpClient { BaseAddress = strict.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/nothing", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/9999999999TY", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/till", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/dashboard.js", Cancel)).StatusCode);
        File.Delete(profile);
    }

    [Fact]
    public async Task PublicUrl_stands_in_the_links_place_and_its_path_leads_to_the_page()
    {
        await using var open = await SimulatorProcess.Start("--Store", "memory", "--PublicUrl", "https://vouchers.example/");
        using var http = new HttpClient { BaseAddress = open.Address };
        var client = new Customer(http, "sim_public");
        var cash = await client.Issue();
        Assert.Contains($": https://vouchers.example/{cash.Code}TY OR shop", cash.Message, StringComparison.Ordinal);
        var token = (await client.IssueWithId("A", "B", "C")).Message.Split("https://vouchers.example")[1];
        Assert.StartsWith("/?id=GC-", token, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(token, Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"/{cash.Code}TY", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("vouchers.example")]
    [InlineData("ftp://vouchers.example")]
    [InlineData("https://user:pass@vouchers.example")]
    [InlineData("https://vouchers.example/?a=b")]
    public async Task A_PublicUrl_that_is_no_address_stops_the_start(string given)
    {
        var (exit, _, error) = await SimulatorProcess.RunToEnd("--urls", "http://127.0.0.1:0", "--Store", "memory", "--PublicUrl", given);
        Assert.Equal(1, exit);
        Assert.Contains("set it to the address at which people reach this simulator", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("two-random-letters", "link-tail", "THINK")]
    [InlineData("code-in-base-62", "link-token", "CASHID")]
    public async Task Other_forms_of_links_lead_to_their_vouchers_as_well(string answer, string fact, string campaign)
    {
        var profile = Path.GetTempFileName();
        await File.WriteAllTextAsync(profile, $$"""{"{{fact}}":"{{answer}}"}""", Cancel);
        await using var other = await SimulatorProcess.Start("--Store", "memory", "--Fidelity:Profile", profile);
        using var http = new HttpClient { BaseAddress = other.Address };
        var given = await new Customer(http, "sim_forms").Issue(campaign);
        using var response = await http.GetAsync(given.Path, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        File.Delete(profile);
    }

    [Fact]
    public void A_token_leads_back_to_the_count_it_was_made_of_and_no_two_are_alike()
    {
        foreach (var seed in new ulong[] { 0, 1, 42, ulong.MaxValue })
        {
            var tokens = new HashSet<string>();
            for (var serial = 1; serial <= 5_000; serial++)
            {
                var token = LinkToken.For(seed, serial);
                Assert.Equal(serial, LinkToken.SerialOf(seed, token));
                Assert.True(tokens.Add(token));
            }
        }

        Assert.Null(LinkToken.SerialOf(1, "short"));
        Assert.Null(LinkToken.SerialOf(1, "GC-QGhDEN"));
    }

    [Theory]
    [InlineData("http://imovo.org/{code}TY", "/{code}TY")]
    [InlineData("imovo.org/?id=GC-{token}", "/?id=GC-{token}")]
    [InlineData("imovo.org?id={token}", "/?id={token}")]
    [InlineData("/voucher/{code}/go", "/voucher/{code}/go")]
    [InlineData("{token}", "/{token}")]
    public void A_link_without_its_host_is_the_path_of_its_page(string link, string path) => Assert.Equal(path, WebLink.Path(link));

    [Theory]
    [InlineData("12345678", 90 - 11 + 20)]
    [InlineData("123456789", 90 + 11 + 20)]
    public void Digits_are_barcodes_of_pairs_and_a_last_single_one(string digits, int width) => Assert.Equal(width, Code128.Path(digits).Width);
}
