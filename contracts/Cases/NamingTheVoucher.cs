namespace ImovoSim.Contracts;

/// <summary>POST /Voucher/CancelVoucher: how the code is given, and codes that name no voucher.</summary>
internal static class NamingTheVoucher
{
    private const string Path = "/Voucher/CancelVoucher";

    private static Case Named(string id, string sentence, string fact, params Func<Voucher, Call>[] calls) =>
        new(id, sentence)
        {
            Facts = [fact], Roles = [Role.Cash],
            Holds = async talk =>
            {
                var voucher = await talk.Request(Role.Cash, "20.00");
                foreach (var call in calls) await talk.Say(call(voucher));
            },
        };

    private static Case Unknown(string id, string sentence, string fact, params string[] codes) =>
        new(id, sentence)
        {
            Facts = [fact],
            Holds = async talk =>
            {
                foreach (var code in codes) await talk.Cancel(code);
            },
        };

    private static Func<Voucher, Call> Query(string before, string after = "") => voucher => Call.Post(Path + "?" + before + voucher.Name + after);

    public static IReadOnlyList<Case> Cases { get; } =
    [
        Unknown("no-such-voucher", "A code that was never given out is not found", "Q17", "0000000000", "9999999999", "000000000000"),
        Unknown("not-a-code", "Something else than a code is not found", "Q70", "12", "hello", "-1", "372190269X", "%EF%BC%93721902693", "%27%20OR%201=1--", "12345678901234567890123456789012345678901234567890"),
        new("no-code", "A call without a code finds no voucher")
        {
            Facts = ["Q70"],
            Holds = async talk =>
            {
                await talk.Say(Call.Post(Path));
                await talk.Cancel("");
                await talk.Cancel("%20");
            },
        },
        Named("spaces-around", "Spaces around the code are dropped", "Q70", Query("voucherCode=%20", "%20")),
        Named("spaces-within", "A space within the code is part of it", "Q70", Query("voucherCode=", "%200")),
        Named("letters-of-the-link", "The two letters that the link puts after the code are not part of it", "Q34", Query("voucherCode=", "TY"), Query("voucherCode=")),
        Named("leading-zero", "A zero before the code makes it another code", "Q33", Query("voucherCode=0"), Query("voucherCode=")),
        Named("parameter-name-in-any-case", "The parameter's name is read in any case", "Q7", Query("VOUCHERCODE=")),
        Named("form", "A form body is read as the query is", "Q66", voucher => Call.PostForm(Path, "voucherCode=" + voucher.Name)),
        Named("form-beats-query", "What the form says beats what the query says", "Q2", voucher => Call.PostForm(Path + "?voucherCode=0000000000", "voucherCode=" + voucher.Name)),
        Named("repeated-parameter", "Of a parameter given twice the first counts", "Q66", Query("voucherCode=0000000000&voucherCode="), Query("voucherCode=", "&voucherCode=0000000000")),
        Named("json", "A JSON body is not read here, so no voucher is found and the voucher stays live", "Q66",
            voucher => Call.PostJson(Path, $"{{\"voucherCode\":\"{voucher.Name}\"}}"), Query("voucherCode=")),
        Named("unknown-parameter", "A parameter that the page does not name is ignored", "Q10", Query("voucherCode=", "&reason=lost")),
        Named("get", "A GET cancels nothing", "Q3", voucher => new Call("GET", Path + "?voucherCode=" + voucher.Name), Query("voucherCode=")),
        new("link-token", "The token of a voucher's link is not its code")
        {
            Facts = ["Q35"], Roles = [Role.Id],
            Holds = async talk =>
            {
                await talk.RequestWithId(Role.Id, "1.00");
                await talk.Cancel("GC-QGhDENUu4");
            },
        },
    ];
}
