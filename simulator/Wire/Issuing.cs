using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>What the two requests for a voucher share once they are read.</summary>
internal static class Issuing
{
    public static async ValueTask<Answer> Answer(Call call, Operation operation, IssueRequest request)
    {
        var issue = new Issue(request, call.Service.Rules, call.RealNow);
        var outcome = await call.Change(issue);
        if (outcome.Refused.Count == 0)
            return call.Service.Json.Issued(issue.Campaign!, outcome.Voucher!, outcome.Messages is [{ } message, ..] ? message.Text : null);
        return AsProblem(operation, outcome.Refused[0], call.Facts) ?? call.Service.Json.Refused(operation, outcome.Refused);
    }

    private static Answer? AsProblem(Operation operation, Reason reason, Profile facts) => (operation, reason) switch
    {
        (Operation.Request, Reason.CampaignCodeMissing) when facts.Says(Facts.NoCampaign, "400-problem") => Problem.Required("campaignCode"),
        (Operation.Request, Reason.ReferenceMissing) when facts.Says(Facts.NoReference, "400-problem") => Problem.Required("customerReference"),
        _ => null,
    };
}
