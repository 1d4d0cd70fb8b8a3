namespace ImovoSim.Contracts;

/// <summary>POST /Voucher/CancelVoucher: what can be cancelled, once.</summary>
internal static class Cancelling
{
    private static Case After(string id, string sentence, string[] facts, Func<Talk, Voucher, Task> holds, params string[] needs) =>
        new(id, sentence)
        {
            Facts = facts, Roles = [Role.Cash], Needs = needs,
            Holds = async talk => await holds(talk, await talk.Request(Role.Cash, "20.00")),
        };

    public static IReadOnlyList<Case> Cases { get; } =
    [
        After("once", "A voucher is cancelled, and the answer is the flag alone", ["Q17", "Q73"], (talk, voucher) => talk.Cancel(voucher)),
        After("twice", "A voucher cannot be cancelled again", ["Q67"], async (talk, voucher) =>
        {
            await talk.Cancel(voucher);
            await talk.Cancel(voucher);
            await talk.Cancel(voucher);
        }),
        After("one-of-two", "Cancelling one voucher leaves another alone", ["Q67"], async (talk, first) =>
        {
            var second = await talk.Request(Role.Cash, "20.00");
            await talk.Cancel(first);
            await talk.Cancel(second);
        }),
        new("with-id", "A voucher with an ID check is cancelled like any other")
        {
            Facts = ["Q17"], Roles = [Role.Id],
            Holds = async talk =>
            {
                var voucher = await talk.RequestWithId(Role.Id, "1.00");
                await talk.Cancel(voucher);
                await talk.Cancel(voucher);
            },
        },
        After("then-ask-again", "After a cancellation the same reference may be issued another voucher", ["Q61"], async (talk, _) =>
        {
            var reference = talk.NewReference();
            var voucher = await talk.Request(Role.Cash, "5.00", reference);
            await talk.Cancel(voucher);
            await talk.Request(Role.Cash, "5.00", reference);
        }),
        After("by-another-client", "Another client's voucher reads as one that does not exist, and stays live", ["Q69"], async (talk, voucher) =>
        {
            await talk.Cancel(voucher, Client.Second);
            await talk.Cancel(voucher);
        }, Capability.SecondClient),
        After("by-another-client-afterwards", "A cancelled voucher, too, reads to another client as one that does not exist", ["Q69"], async (talk, voucher) =>
        {
            await talk.Cancel(voucher);
            await talk.Cancel(voucher, Client.Second);
        }, Capability.SecondClient),
        new("the-pages-sample-codes", "The three codes that the vendor's page prints can be cancelled, each once")
        {
            Facts = ["Q67"], Needs = [Capability.Samples],
            Holds = async talk =>
            {
                foreach (var code in (string[])["2193785990", "3721902693", "648924429737", "2193785990"]) await talk.Cancel(code);
            },
        },
        new("after-expiry", "An expired voucher can be cancelled, once")
        {
            Facts = ["Q68"], Roles = [Role.Brief], Needs = [Capability.Clock],
            Holds = async talk =>
            {
                await talk.SetClock("2026-05-05T12:00:00.2500000+01:00");
                var voucher = await talk.Request(Role.Brief, "5.00");
                await talk.SetClock("2026-05-05T12:05:00+01:00");
                await talk.Cancel(voucher);
                await talk.Cancel(voucher);
            },
        },
        After("after-redemption", "A redeemed voucher cannot be cancelled", ["Q67"], async (talk, voucher) =>
        {
            await talk.Redeem(voucher);
            await talk.Cancel(voucher);
        }, Capability.Redeem),
        After("before-redemption", "A cancelled voucher cannot be redeemed, and still cannot be cancelled", ["Q67", "Q75"], async (talk, voucher) =>
        {
            await talk.Cancel(voucher);
            await talk.Redeem(voucher);
            await talk.Cancel(voucher);
        }, Capability.Redeem),
    ];
}
