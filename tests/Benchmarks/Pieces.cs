using BenchmarkDotNet.Attributes;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Tests;

/// <summary>What an answer is made of, piece by piece.</summary>
[MemoryDiagnoser]
public class Pieces
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly Rulebook Rules = new(Profile.Default, CampaignFile.BuiltIn());
    private static readonly ParameterName[] Names = [new("campaignCode"), new("customerReference"), new("value")];
    private static readonly byte[] Query = "campaignCode=THINK&customerReference=07700900000&value=10.00"u8.ToArray();
    private static readonly Client Someone = new(1, "someone", default, true, 42, CampaignGrant.All, null, default, 3, [], Now);
    private static readonly IssueRequest Request = new(false, "THINK", "07700900000", AskedValue.Of(10));
    private readonly WireJson _json = new(Profile.Default);
    private readonly Campaign _campaign = Rules.Campaigns.Find("THINK")!;
    private readonly Voucher _voucher = new Issue(Request, Rules, Now).Decide(Someone, Found.Nothing).Voucher!;

    [Benchmark]
    public object HashKey() => ApiKeys.Hash("sim_load_32");

    [Benchmark]
    public object ReadQuery()
    {
        var parameters = new Parameters(Names, Profile.Default);
        parameters.ReadPairs(Query);
        return parameters;
    }

    [Benchmark]
    public object Decide() => new Issue(Request, Rules, Now).Decide(Someone, Found.Nothing);

    [Benchmark]
    public object Code() => VoucherCode.For(42, 1000, 10, false, Profile.Default);

    [Benchmark]
    public object Message() => CustomerMessage.For(_campaign, _voucher, Profile.Default)!;

    [Benchmark]
    public object WriteJson() => _json.Issued(_campaign, _voucher);
}
