namespace ImovoSim.Tests;

/// How a README's calls are read and compared, with a README of the tests' own.
public sealed class ReadmeCallTests
{
    private const string Sample =
        """
        Start it:

        ```console
        $ dotnet run --project simulator
        ImovoSim answers at …
        $ curl -X POST -H 'X-API-KEY: sim_readme' 'http://127.0.0.1:5080/VoucherRequest/Request?campaignCode=NOPE&customerReference=1'
        {"errorMessages":["Unable to create voucher: the campaign code submitted does not exist"],"successfulRequest":false}

        $ curl -i -X POST -H "X-API-KEY: sim_readme" \
            http://127.0.0.1:5080/Voucher/CancelVoucher -d voucherCode=2193785990
        HTTP/1.1 200 OK
        Content-Type: application/json; charset=utf-8
        Date: Mon, 01 Jan 2024 00:00:00 GMT

        {"successfulRequest":true}
        ```
        ```json
        $ curl this is no console
        ```
        ```console
        $ curl -s -H 'X-API-KEY: sim_readme' -H 'Content-Type: application/json' http://localhost/VoucherRequest/RequestVoucherWithId -d "{\"CampaignCode\": \"CAMP01\"}"
        {"errorMessages":["customer reference is required","address is required","post code is required","customer name is required"],"successfulRequest":false}
        ```
        """;

    [Fact]
    public void Calls_are_read_from_console_blocks()
    {
        var calls = ReadmeCall.All(Sample);
        Assert.Equal(3, calls.Count);
        Assert.Equal(("POST", "/VoucherRequest/Request?campaignCode=NOPE&customerReference=1", null, false), (calls[0].Method, calls[0].Target, calls[0].Data, calls[0].WithHead));
        Assert.Equal(("POST", "/Voucher/CancelVoucher", "voucherCode=2193785990", true), (calls[1].Method, calls[1].Target, calls[1].Data, calls[1].WithHead));
        Assert.Equal(("POST", "{\"CampaignCode\": \"CAMP01\"}"), (calls[2].Method, calls[2].Data));
        Assert.Equal([("X-API-KEY", "sim_readme"), ("Content-Type", "application/json")], calls[2].Headers);
    }

    [Fact]
    public async Task Calls_are_held_in_order_and_their_answers_agree()
    {
        await using var simulator = new Simulator();
        foreach (var call in ReadmeCall.All(Sample))
        {
            var (expected, actual) = await call.Hold(simulator.Http);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData("2026-06-23T", "1999-01-31T", true)]
    [InlineData("23-Jun", "01-Feb", true)]
    [InlineData("23-Jun", "01-Feb-26", false)]
    [InlineData("23-Jun", "1-Feb", false)]
    [InlineData("T23:59:59", "T23:59:58", false)]
    [InlineData("20.00", "20.01", false)]
    [InlineData("voucherCode\":\"", "voucherCode\":\"0", false)]
    [InlineData("CashOut voucher valid", "…", true)]
    [InlineData("successfulRequest\":true}", "…", true)]
    [InlineData("\"balance\":20.00", "…\"balance\":20.01", false)]
    public async Task Only_the_form_of_a_date_is_compared(string shown, string other, bool agrees)
    {
        await using var once = new Simulator();
        await using var again = new Simulator();
        var issued = (await once.Caller().Issue()).Body.Replace(shown, other, StringComparison.Ordinal);
        var call = Assert.Single(ReadmeCall.All(
            $"```console\n$ curl -X POST -H 'X-API-KEY: {Simulator.Key()}' 'http://a/VoucherRequest/Request?campaignCode=THINK&customerReference=1&value=20'\n{issued}\n```\n"));
        var (expected, actual) = await call.Hold(again.Http);
        Assert.Equal(agrees, expected == actual);
    }

    [Theory]
    [InlineData("curl --insecure http://a/")]
    [InlineData("curl -H 'X-API-KEY sim_readme' http://a/")]
    [InlineData("curl http://a/ | jq .")]
    [InlineData("curl -X POST")]
    public void What_is_not_understood_is_not_passed_over(string command) =>
        Assert.Throws<FormatException>(() => ReadmeCall.All($"```console\n$ {command}\n```\n"));

    [Fact]
    public async Task A_README_that_is_wrong_is_told()
    {
        var wrong = ReadmeCall.All(Sample.Replace("address is required", "address needed", StringComparison.Ordinal).Replace("200 OK", "201 Created", StringComparison.Ordinal));
        var (expected, actual) = await wrong[1].Hold(Simulator.Shared.Http);
        Assert.NotEqual(expected, actual);
        (expected, actual) = await wrong[2].Hold(Simulator.Shared.Http);
        Assert.NotEqual(expected, actual);
    }
}
