namespace ImovoSim.Contracts;

/// <summary>POST /VoucherRequest/Request when it says yes.</summary>
internal static class IssuingVouchers
{
    public static IReadOnlyList<Case> Cases { get; } =
    [
        new("cash", "Cash of the caller's choice is issued in the form of the vendor's first sample")
        {
            Facts = ["Q17", "Q19", "Q20", "Q21", "Q25", "Q31", "Q34"], Roles = [Role.Cash],
            Holds = talk => talk.Request(Role.Cash, "20.00"),
        },
        new("energy", "Energy credit is issued through the same call as cash")
        {
            Facts = ["Q51"], Roles = [Role.Energy],
            Holds = talk => talk.Request(Role.Energy, "49.00"),
        },
        new("fixed-value", "Where the campaign fixes the value, the caller leaves it out and the balance is the campaign's")
        {
            Facts = ["Q26"], Roles = [Role.Fixed],
            Holds = talk => talk.Request(Role.Fixed),
        },
        new("fixed-value-ignores-asked-value", "Where the campaign fixes the value, a value asked for changes nothing, not even when it is nonsense")
        {
            Facts = ["Q47"], Roles = [Role.Fixed],
            Holds = async talk =>
            {
                await talk.Request(Role.Fixed, "3.00");
                await talk.Request(Role.Fixed, "abc");
            },
        },
        new("expiry-keeps-the-time-of-issue", "A campaign that counts from the moment of issue prints that moment's time of day")
        {
            Facts = ["Q21"], Roles = [Role.Brief],
            Holds = talk => talk.Request(Role.Brief, "5.00"),
        },
        new("every-voucher-has-its-own-code", "Three requests give three codes")
        {
            Facts = ["Q61"], Roles = [Role.Cash],
            Holds = async talk =>
            {
                await talk.Request(Role.Cash, "1.00");
                await talk.Request(Role.Cash, "1.00");
                await talk.Request(Role.Cash, "2.00");
            },
        },
        new("same-reference-twice", "The same customer reference twice gives two vouchers")
        {
            Facts = ["Q61"], Roles = [Role.Cash],
            Holds = async talk =>
            {
                var reference = talk.NewReference();
                await talk.Request(Role.Cash, "10.00", reference);
                await talk.Request(Role.Cash, "10.00", reference);
            },
        },
        new("one-live-voucher-per-reference", "A campaign may give one live voucher to each customer reference; another reference is not concerned")
        {
            Facts = ["Q61"], Roles = [Role.OnePerReference],
            Holds = async talk =>
            {
                var reference = talk.NewReference();
                await talk.Request(Role.OnePerReference, null, reference);
                await talk.Request(Role.OnePerReference, null, reference);
                await talk.Request(Role.OnePerReference);
            },
        },
        new("one-per-reference-after-cancelling", "After the one live voucher of a reference is cancelled, the reference may have another")
        {
            Facts = ["Q61"], Roles = [Role.OnePerReference],
            Holds = async talk =>
            {
                var reference = talk.NewReference();
                var first = await talk.Request(Role.OnePerReference, null, reference);
                await talk.Cancel(first);
                await talk.Request(Role.OnePerReference, null, reference);
            },
        },
        new("without-a-limit", "A client without a weekly limit is issued more than a limited client's hundred pounds")
        {
            Facts = ["Q63"], Roles = [Role.Cash],
            Holds = async talk =>
            {
                await talk.Request(Role.Cash, "100.00");
                await talk.Request(Role.Cash, "100.00");
            },
        },
        new("a-refusal-costs-nothing", "A refused request leaves the reference free and the next request is answered as if it were the first")
        {
            Facts = ["Q65"], Roles = [Role.OnePerReference, Role.Cash],
            Holds = async talk =>
            {
                var reference = talk.NewReference();
                await talk.Request(Role.Cash, "0", reference);
                await talk.Request(Role.OnePerReference, null, reference);
            },
        },
    ];
}
