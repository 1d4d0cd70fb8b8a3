using ImovoSim.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ImovoSim.Tests;

/// The README's five lines, compiled.
internal static class ReadmeExample
{
    public static async Task Run(IServiceCollection services, Uri address)
    {
        services.AddImovoClient(o => { o.BaseAddress = address; o.ApiKey = "sim_demo"; });
        var imovo = services.BuildServiceProvider().GetRequiredService<IImovoClient>();
        var answer = await imovo.RequestVoucherAsync("THINK", "07123456789", 20.00m);
        if (answer is VoucherIssued voucher) Console.WriteLine($"{voucher.Code} is worth £{voucher.Balance} until {voucher.Expiry?.LondonTime}");
        else if (answer is VoucherRefused refused) Console.WriteLine($"{refused.Reason.Name}: {refused.Reason.RawText}");
    }
}
