namespace ImovoSim.Contracts;

/// <summary>Calls at the same time: each rule holds as if they had come one after the other.</summary>
internal static class AtOnce
{
    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("twenty-requests", "Twenty requests at once give twenty different codes")
        {
            Facts = ["Q61"], Roles = [Role.Cash], Needs = [Capability.AtOnce],
            Holds = talk => talk.AtOnce(20, Call.Post("/VoucherRequest/Request?campaignCode={cash}&customerReference={own reference}&value=20.00") with { Role = Role.Cash, Value = "20.00" }),
        },
        new("ten-cancellations", "Of ten cancellations of one voucher at once exactly one succeeds")
        {
            Facts = ["Q67", "Q72"], Roles = [Role.Cash], Needs = [Capability.AtOnce],
            Holds = async talk =>
            {
                var voucher = await talk.Request(Role.Cash, "20.00");
                await talk.AtOnce(10, Call.Post($"/Voucher/CancelVoucher?voucherCode={voucher.Name}"));
            },
        },
        new("one-per-reference", "Of ten requests at once for one reference exactly one succeeds, where the campaign gives one")
        {
            Facts = ["Q61"], Roles = [Role.OnePerReference], Needs = [Capability.AtOnce],
            Holds = talk => talk.AtOnce(10, Call.Post($"/VoucherRequest/Request?campaignCode={{onePerReference}}&customerReference={talk.NewReference()}") with { Role = Role.OnePerReference }),
        },
        new("ten-with-id", "Ten requests with an ID check at once give ten codes and ten links")
        {
            Facts = ["Q35", "Q61"], Roles = [Role.CashId], Needs = [Capability.AtOnce],
            Holds = talk => talk.AtOnce(10, Call.PostJson("/VoucherRequest/RequestVoucherWithId",
                $"{{\"CampaignCode\":\"{{cashId}}\",\"VoucherValue\":20.00,\"CustomerReference\":\"{{own reference}}\",{Talk.Customer}}}") with { Role = Role.CashId, Value = "20.00" }),
        },
    ];
}
