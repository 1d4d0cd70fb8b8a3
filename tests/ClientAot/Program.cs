using System.Globalization;
using ImovoSim.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Calls each operation once: ClientAot ADDRESS KEY ADMIN-TOKEN. Exit status 0 when a voucher was issued and cancelled, and steered.
if (args is not [var address, var key, var token])
{
    Console.Error.WriteLine("ClientAot ADDRESS KEY ADMIN-TOKEN");
    return 2;
}

var configuration = new ConfigurationBuilder().AddInMemoryCollection(
    [KeyValuePair.Create<string, string?>("Imovo:BaseAddress", address), KeyValuePair.Create<string, string?>("Imovo:ApiKey", key)]).Build();
var services = new ServiceCollection();
services.AddImovoClient(configuration.GetSection("Imovo"));
services.AddKeyedImovoClient("wrong key", options => (options.BaseAddress, options.ApiKey) = (new Uri(address), "nobody"));
await using var provider = services.BuildServiceProvider();

var imovo = provider.GetRequiredService<IImovoClient>();
var voucher = await imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m);
var withId = await imovo.RequestVoucherWithIdAsync(new()
{
    CampaignCode = "CAMP01",
    CustomerReference = "09283-765748",
    CustomerName = "John Smith",
    Address = "19 Test Street, Welwyn Garden City",
    PostCode = "AL1 0BS",
    Value = 1.00m,
});
Console.WriteLine(voucher);
Console.WriteLine(withId);
if (voucher is not VoucherIssued issued)
    return 1;

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"£{issued.Balance} until {issued.Expiry?.Instant:O}: {issued.Link}"));
var cancelled = await imovo.CancelVoucherAsync(issued.Code);
Console.WriteLine(cancelled);
try
{
    Console.WriteLine(await provider.GetRequiredKeyedService<IImovoClient>("wrong key").CancelVoucherAsync(issued.Code));
}
catch (ImovoException refused)
{
    Console.WriteLine($"{refused.GetType().Name}: {refused.Message}");
}

await Steering.EachCallOnce(new HttpClient { BaseAddress = new Uri(address) }, key, token);
return cancelled is VoucherCancelled ? 0 : 1;
