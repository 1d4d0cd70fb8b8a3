using ImovoSim.Client;

/// Every body of the control routes goes through its serializer once; whatever was trimmed away throws.
internal static class Steering
{
    public static async Task EachCallOnce(HttpClient http, string key, string token)
    {
        var simulator = new ImovoSimulator(http, key);
        await foreach (var call in simulator.Journal.List())
            Console.WriteLine(call);
        Console.WriteLine(await simulator.Reset());
        Console.WriteLine(await simulator.Show());
        Console.WriteLine(await simulator.Clock.Freeze("2026-08-02T23:00:00"));
        Console.WriteLine(await simulator.Clock.RunAhead(TimeSpan.FromDays(1)));
        Console.WriteLine(await simulator.Clock.Advance("P7D"));
        Console.WriteLine(await simulator.Limit.Set(50.00m));
        Console.WriteLine(await simulator.Faults.Add(Fault.ConnectionReset().After().For(VendorOperation.Request).Once()));
        Console.WriteLine((await simulator.Faults.List()).Count);
        await simulator.Faults.Clear();
        await foreach (var voucher in simulator.Vouchers.List(VoucherState.Live))
            Console.WriteLine(await simulator.Redeem(voucher.Code, "Corner Shop", "1"));
        Console.WriteLine(await simulator.Vouchers.Get("2193785990"));
        Console.WriteLine(await simulator.Count(VoucherCount.AtLeast(1, VoucherState.Redeemed)));
        try
        {
            await simulator.Verify(VoucherCount.Exactly(0));
        }
        catch (ImovoVerificationException differs)
        {
            Console.WriteLine(differs.Message);
        }

        var admin = new ImovoSimulatorAdmin(http, token);
        Console.WriteLine(await admin.MakeClient("aot", campaigns: ["THINK"]));
        Console.WriteLine(await admin.RotateKey("aot", "a-key-of-its-own"));
        Console.WriteLine((await admin.ListClients()).Count);
        await admin.RemoveClient("aot");
        Console.WriteLine((await admin.ListApplications()).Count);
        await Refused(() => admin.ApproveApplication("none", ["THINK"], 50.00m));
        await Refused(() => admin.RefuseApplication("none", "No."));
        await Refused(() => new ImovoSimulatorOnboarding(http).Ask("no key", "aot"));
    }

    private static async Task Refused(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ImovoSimulatorException refused)
        {
            Console.WriteLine(refused.Detail);
        }
    }
}
