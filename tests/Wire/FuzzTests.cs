using System.Globalization;
using System.Text;

namespace ImovoSim.Tests;

/// Thousands of requests by chance, the same in every run: none may fail the simulator, or be answered otherwise than openapi.yaml allows.
public sealed class FuzzTests
{
    private static readonly int[] Allowed = [200, 400, 401, 404, 405, 411, 413, 414, 415, 431, 505];

    private static readonly string[] Texts =
    [
        "THINK", "CAMP01", "ONEPER", "LIMITED", "CLOSED", "GMGSUB7DAY", "20.00", "1", "0", "-1", "1e1", "1.005", "100.01", "NaN", "£20", "99999999999999999999", "07123456789",
        "a@b.c", "2193785990", "3721902693", "648924429737", "", " ", "\0", "\uFFFD", "😀", "%", "&", "=", "+", "\r\n", "\"", "\\", "{", "}", "[", "]", "null", "true", "../..", "' OR 1=1--", "{code}",
    ];

    private static readonly string[] Names =
    [
        "campaignCode", "customerReference", "value", "voucherCode", "CampaignCode", "VoucherValue", "CustomerReference", "DeliveryRecipient", "CustomerName", "Address", "PostCode", "Postcode", "x", "",
    ];

    private static readonly string[] Paths =
    [
        Caller.RequestPath, Caller.WithIdPath, Caller.CancelPath, "//VoucherRequest/Request/", "/voucher/cancelvoucher", "/VoucherRequest", "/nothing",
    ];

    private static readonly string?[] ContentTypes =
    [
        "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "multipart/form-data", "text/plain", "application/json; charset=utf-16", "nonsense", "a/b; c=\"", null,
    ];

    private static readonly string[] Methods = ["POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD", "OPTIONS"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Requests_by_chance_get_an_answer_that_openapi_allows(int seed)
    {
        var chance = new Random(seed);
        var caller = Simulator.Shared.Caller();
        for (var i = 0; i < 1000; i++)
        {
            var (method, path, type, body) = (One(chance, Methods), $"{One(chance, Paths)}?{Pairs(chance)}", One(chance, ContentTypes), Body(chance));
            var what = $"seed {seed}, request {i}: {method} {path} as {type}: {Encoding.Latin1.GetString(body)}";
            try
            {
                var content = method is "GET" or "HEAD" && chance.Next(2) == 0 ? null : Caller.Body(body, type);
                var reply = await caller.Send(new HttpMethod(method), path, content);
                Assert.True(Allowed.Contains(reply.Status), $"{reply.Status} to {what}");
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{e.Message} at {what}");
            }
        }

        Assert.Equal("Voucher not found", (await caller.Cancel("1")).Said);
    }

    [Fact]
    public async Task Bytes_by_chance_get_an_answer_or_a_closed_connection_and_never_a_500()
    {
        var chance = new Random(7);
        for (var i = 0; i < 600; i++)
        {
            var request = Encoding.Latin1.GetBytes(
                $"{One(chance, Methods)} {One(chance, Paths)}?{Pairs(chance)} HTTP/1.1\r\nHost: a\r\nX-API-KEY: sim_raw_bytes\r\nConnection: close\r\nContent-Type: {One(chance, ContentTypes)}\r\n"
                + (chance.Next(2) == 0 ? "Content-Length: 20\r\n\r\n{\"campaignCode\":\"a\"}" : "Transfer-Encoding: chunked\r\n\r\n14\r\n{\"campaignCode\":\"a\"}\r\n0\r\n\r\n"));
            var (flips, length) = (chance.Next(4), chance.Next(8) == 0 ? chance.Next(request.Length) : request.Length);
            for (var flip = 0; flip < flips; flip++)
                request[chance.Next(request.Length)] = (byte)chance.Next(256);
            using var raw = await Simulator.Shared.Connect();
            await raw.Send(request.AsMemory(0, length));
            // Whatever is not whole may wait for more; a socket that is half closed before the answer is out can lose it.
            var whole = flips == 0 && length == request.Length;
            if (!whole)
                raw.EndOfRequest();
            var answer = await raw.ReadToEnd();
            Assert.True(
                (answer.Length == 0 && !whole) || (answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && Allowed.Contains(int.Parse(answer.AsSpan(9, 3), CultureInfo.InvariantCulture))),
                $"request {i}: {answer} to {Encoding.Latin1.GetString(request)}");
        }
    }

    private static T One<T>(Random chance, T[] all) => all[chance.Next(all.Length)];

    private static string Pairs(Random chance)
    {
        var pairs = new StringBuilder();
        for (var count = chance.Next(6); count > 0; count--)
        {
            var text = One(chance, Texts);
            pairs.Append(One(chance, Names)).Append('=').Append(chance.Next(10) == 0 ? $"%{chance.Next(256):X2}" : Uri.EscapeDataString(text)).Append('&');
        }

        return pairs.ToString();
    }

    private static byte[] Body(Random chance)
    {
        var body = Encoding.UTF8.GetBytes(chance.Next(4) switch
        {
            0 => Pairs(chance),
            1 => "--b\r\nContent-Disposition: form-data; name=\"" + One(chance, Names) + "\"\r\n\r\n" + One(chance, Texts) + "\r\n--b--\r\n",
            2 => Caller.Sample.Replace(One(chance, ["CAMP01", "1.00", "John Smith", "AL1 0BS", "\"", ":", ","]), One(chance, Texts), StringComparison.Ordinal),
            _ => "{" + string.Join(',', Enumerable.Range(0, chance.Next(8)).Select(_ => $"\"{One(chance, Names)}\":\"{One(chance, Texts)}\"")) + "}",
        });
        for (var flips = chance.Next(3); flips > 0 && body.Length > 0; flips--)
            body[chance.Next(body.Length)] = (byte)chance.Next(256);
        return body;
    }
}
