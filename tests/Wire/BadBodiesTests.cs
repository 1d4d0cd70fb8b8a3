using System.Text;

namespace ImovoSim.Tests;

/// Bodies that cannot be read, in form or in size.
public sealed class BadBodiesTests
{
    private const string NoCampaign = "Unable to create voucher: the campaign code submitted does not exist";

    public static TheoryData<string> Paths => [Caller.RequestPath, Caller.WithIdPath, Caller.CancelPath];

    [Fact]
    public Task The_pages_own_sample_is_refused_with_the_place_where_it_breaks() => BadInputTests.Nothing_happens(async caller =>
    {
        const string asPrinted =
            """
            {
            "CampaignCode":"CAMP01",
            "VoucherValue": 1.00,
            "CustomerReference": "09283-765748",
            "DeliveryRecipient": Johnsmith@email.com,
            "CustomerName": "John Smith",
            "Address": "19 Test Street, Welwyn Garden City",
            "Postcode": "AL1 0BS"
            }
            """;
        var reply = await caller.WithId(asPrinted);
        Assert.Equal((400, "application/problem+json; charset=utf-8"), (reply.Status, reply.ContentType));
        Assert.Equal("type,title,status,errors,traceId", reply.Members);
        Assert.Equal(
            "'J' is an invalid start of a value. Path: $.DeliveryRecipient | LineNumber: 4 | BytePositionInLine: 21.",
            reply.Member("errors").GetProperty("$.DeliveryRecipient")[0].GetString());
    });

    [Theory]
    [InlineData("400-problem", 400, "application/problem+json; charset=utf-8")]
    [InlineData("400-envelope", 400, "application/json; charset=utf-8")]
    [InlineData("500", 500, "application/json; charset=utf-8")]
    [InlineData("required-messages", 200, "application/json; charset=utf-8")]
    public async Task Malformed_JSON_gets_the_same_from_every_operation_that_reads_it(string answer, int status, string type)
    {
        await using var simulator = new Simulator(
            $$"""{"request-parameters-place":"query-form-and-json","cancel-parameters-place":"query-form-and-json","malformed-json":"{{answer}}"}""");
        var caller = simulator.UnjudgedCaller();
        foreach (string path in Paths)
        {
            var reply = await caller.Send(HttpMethod.Post, path, Caller.Json("""{"campaignCode":"THINK","customerReference":"1","value":1,"voucherCode":"2193785990",}"""));
            Assert.Equal((path, status, type), (path, reply.Status, reply.ContentType));
        }

        if (answer == "required-messages")
            Assert.Equal("issued 2.00", (await caller.Send(HttpMethod.Post, $"{Caller.RequestPath}?campaignCode=THINK&customerReference=1&value=2", Caller.Json("""{"value":1,}"""))).Said);
    }

    [Fact]
    public async Task A_member_that_the_query_has_as_well_does_not_stand_in_the_object_twice()
    {
        await using var simulator = new Simulator("""{"request-parameters-place":"query-form-and-json","duplicate-json-keys":"400-problem"}""");
        var caller = simulator.UnjudgedCaller();
        const string query = $"{Caller.RequestPath}?campaignCode=THINK&customerReference=1&value=2";
        Assert.Equal("issued 1.00", (await caller.Send(HttpMethod.Post, query, Caller.Json("""{"value":1}"""))).Said);
        Assert.Equal("400", (await caller.Send(HttpMethod.Post, query, Caller.Json("""{"value":1,"Value":1}"""))).Said);
    }

    [Theory]
    [InlineData("", "$", 0, 0)]
    [InlineData("   \n  ", "$", 1, 2)]
    [InlineData("{", "$", 0, 1)]
    [InlineData("""{"CampaignCode":"CAM""", "$.CampaignCode", 0, 20)]
    [InlineData("""{"CampaignCode":"CAMP01",""", "$.CampaignCode", 0, 24)]
    [InlineData("""{"CampaignCode":"CAMP01",}""", "$.CampaignCode", 0, 25)]
    [InlineData("""{"CampaignCode" "CAMP01"}""", "$", 0, 16)]
    [InlineData("""{'CampaignCode':'CAMP01'}""", "$", 0, 1)]
    [InlineData("{\"CampaignCode\":\"A\n\"}", "$.CampaignCode", 0, 18)]
    [InlineData("""{"CampaignCode":"\x"}""", "$.CampaignCode", 0, 18)]
    [InlineData("""{"CampaignCode":"A"} {}""", "$", 0, 21)]
    [InlineData("""{"CampaignCode":"A"}x""", "$", 0, 20)]
    [InlineData("""{"CampaignCode":"A" /* comment */}""", "$.CampaignCode", 0, 20)]
    [InlineData("[]", "$", 0, 0)]
    [InlineData("""[{"CampaignCode":"CAMP01"}]""", "$", 0, 0)]
    [InlineData("null", "$", 0, 0)]
    [InlineData("\"CAMP01\"", "$", 0, 0)]
    [InlineData("1", "$", 0, 0)]
    [InlineData("CampaignCode=CAMP01", "$", 0, 0)]
    [InlineData("""{"CampaignCode":["CAMP01"]}""", "$.CampaignCode", 0, 16)]
    [InlineData("""{"CampaignCode":{"a":"CAMP01"}}""", "$.CampaignCode", 0, 16)]
    [InlineData("""{"CampaignCode":1}""", "$.CampaignCode", 0, 16)]
    [InlineData("""{"CampaignCode":true}""", "$.CampaignCode", 0, 16)]
    [InlineData("""{"VoucherValue":false}""", "$.VoucherValue", 0, 16)]
    public Task Malformed_JSON_is_400_that_says_where(string json, string path, int line, int column) =>
        BadInputTests.Nothing_happens(async caller =>
        {
            var reply = await caller.WithId(json);
            Assert.Equal("400", reply.Said);
            var error = Assert.Single(reply.Member("errors").EnumerateObject().ToList());
            Assert.Equal(path, error.Name);
            Assert.EndsWith($"Path: {path} | LineNumber: {line} | BytePositionInLine: {column}.", error.Value[0].GetString(), StringComparison.Ordinal);
        });

    [Fact]
    public Task The_sample_cut_off_anywhere_is_400() => BadInputTests.Nothing_happens(async caller =>
    {
        for (var length = 0; length < Caller.Sample.Length; length++)
            Assert.Equal("400", (await caller.WithId(Caller.Sample[..length])).Said);
    });

    [Theory]
    [InlineData('[', 100)]
    [InlineData('[', 100_000)]
    [InlineData('{', 100_000)]
    public Task Deep_nesting_is_400(char bracket, int depth) => BadInputTests.Nothing_happens(async caller =>
    {
        var nested = bracket == '[' ? new string('[', depth) : string.Concat(Enumerable.Repeat("{\"a\":", depth / 5));
        Assert.Equal("400", (await caller.WithId(nested)).Said);
        Assert.Equal("400", (await caller.WithId($$"""{"CampaignCode":{{nested}}}""")).Said);
        Assert.Equal("400", (await caller.WithId($$"""{"Other":{{nested}}}""")).Said);
    });

    [Fact]
    public async Task The_last_of_repeated_members_counts()
    {
        var reply = await Simulator.Shared.Caller().WithId(Caller.Sample.Replace("{", """{"CampaignCode":"NOPE","campaigncode":"NOPE","VOUCHERVALUE":7,""", StringComparison.Ordinal));
        Assert.Equal("issued 1.00", reply.Said);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_JSON() =>
        Assert.Equal("issued 1.00", (await Simulator.Shared.Caller().WithId('\uFEFF' + Caller.Sample)).Said);

    [Theory]
    [MemberData(nameof(Paths))]
    public Task A_body_of_1_MB_is_413(string path) => BadInputTests.Nothing_happens(async caller =>
    {
        var large = Large(path);
        foreach (var contentType in new[] { "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", null })
        {
            var told = await caller.Send(HttpMethod.Post, path, Caller.Body(large, contentType), call => call.Headers.ExpectContinue = true);
            Assert.Equal((413, ""), (told.Status, told.Body));
        }
    });

    [Theory]
    [InlineData(256 * 1024, "issued 1.00")]
    [InlineData(256 * 1024 + 1, "413")]
    public async Task A_body_of_256_kB_is_the_longest(int length, string said)
    {
        var body = Caller.Json(Caller.Sample.PadRight(length));
        var reply = await Simulator.Shared.Caller().Send(HttpMethod.Post, Caller.WithIdPath, body, call => call.Headers.ExpectContinue = true);
        Assert.Equal(said, reply.Said);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public Task A_body_of_1_MB_in_chunks_is_413(string path) => BadInputTests.Nothing_happens(async caller =>
    {
        foreach (var contentType in new[] { "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "text/plain", null })
            Assert.Equal("413", await InChunks(path, caller.Key, Large(path), contentType));
    });

    [Theory]
    [InlineData("application/json", Caller.WithIdPath)]
    [InlineData("application/x-www-form-urlencoded", Caller.RequestPath)]
    public async Task A_body_under_the_limit_is_read_whole(string contentType, string path)
    {
        var caller = Simulator.Shared.Caller();
        var filler = new string('x', 200_000);
        var body = path == Caller.WithIdPath ? Caller.Sample.Replace("{", $$"""{"Filler":"{{filler}}",""", StringComparison.Ordinal) : $"filler={filler}&campaignCode=CAMP01&customerReference=1&value=1";
        Assert.Equal("issued 1.00", (await caller.Send(HttpMethod.Post, path, Caller.Body(body, contentType))).Said);
    }

    [Theory]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=")]
    [InlineData("multipart/form-data; boundary=b")]
    public Task A_form_of_parts_that_breaks_off_is_400(string contentType) => BadInputTests.Nothing_happens(async caller =>
    {
        foreach (var path in new[] { Caller.RequestPath, Caller.CancelPath })
        {
            foreach (var body in new[] { "--b\r\nContent-Disposition: form-data; name=\"campaignCode\"\r\n\r\nTHI", "--b\r\nContent-Dispo", "no parts" })
                Assert.Equal("400", (await caller.Send(HttpMethod.Post, path, Caller.Body(body, contentType))).Said);
        }
    });

    [Fact]
    public Task A_form_that_names_no_charset_that_exists_is_read_as_UTF8() => BadInputTests.Nothing_happens(async caller =>
        Assert.Equal(NoCampaign, (await caller.Send(HttpMethod.Post, Caller.RequestPath, Caller.Body("campaignCode=", "application/x-www-form-urlencoded; charset=klingon"))).Said));

    // Each form's beginning would succeed, so an answer before the end of the body would show.
    private static byte[] Large(string path)
    {
        var start = path switch
        {
            Caller.WithIdPath => Caller.Sample.Replace("{", "{\"Filler\":\"", StringComparison.Ordinal),
            Caller.CancelPath => "voucherCode=2193785990&filler=",
            _ => "campaignCode=THINK&customerReference=1&value=1&filler=",
        };
        return Encoding.ASCII.GetBytes(start.PadRight(1_000_000, 'x'));
    }

    private static async Task<string> InChunks(string path, string key, byte[] body, string? contentType)
    {
        using var raw = await Simulator.Shared.Connect();
        var query = path == Caller.CancelPath ? "?voucherCode=2193785990" : "?campaignCode=THINK&customerReference=1&value=1";
        var type = contentType is null ? "" : $"Content-Type: {contentType}\r\n";
        await raw.Send($"POST {path}{query} HTTP/1.1\r\nHost: a\r\nX-API-KEY: {key}\r\n{type}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        foreach (var chunk in body.Chunk(50_000))
        {
            await raw.Send($"{chunk.Length:x}\r\n");
            await raw.Send(chunk);
            await raw.Send("\r\n");
        }

        await raw.Send("0\r\n\r\n");
        return (await raw.ReadToEnd()).Split(' ')[1];
    }
}
