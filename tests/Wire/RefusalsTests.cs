using System.Text.Json;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;
using ImovoSim.Wire;

namespace ImovoSim.Tests;

/// The table of refusals and the examples of openapi.yaml hold the same words, operation by operation.
public sealed class RefusalsTests
{
    // Which operation can send which refusal; where it takes another answer than the default, to which fact.
    private static readonly (Operation Operation, Reason Reason, Fact? Fact, string? Answer)[] Sent =
    [
        .. Of(Operation.Request, Reason.CampaignUnknown, Reason.ValueInvalid, Reason.WeeklyLimitReached, Reason.ReferenceMissing, Reason.ReferenceLimitReached),
        (Operation.Request, Reason.CampaignCodeMissing, Facts.NoCampaign, "is-required"),
        .. Of(
            Operation.RequestVoucherWithId, Reason.CampaignUnknown, Reason.ValueInvalid, Reason.WeeklyLimitReached, Reason.ReferenceLimitReached,
            Reason.CampaignCodeMissing, Reason.ReferenceMissing, Reason.AddressMissing, Reason.PostCodeMissing, Reason.NameMissing),
        (Operation.RequestVoucherWithId, Reason.PostCodeInvalid, Facts.PostCodeForm, "yes"),
        .. Both(Reason.CampaignForeign, Facts.ForeignCampaign, "own-words"),
        .. Both(Reason.CampaignClosed, Facts.ClosedCampaign, "own-words"),
        .. Both(Reason.ValueOverMaximum, Facts.OverMaximum, "own-words"),
        .. Both(Reason.TextTooLong, Facts.LongText, "256-characters"),
        .. Both(Reason.ContactInvalid, Facts.Undeliverable, "refused"),
        .. Of(Operation.CancelVoucher, Reason.VoucherNotFound, Reason.AlreadyCancelledOrRedeemed),
        (Operation.CancelVoucher, Reason.CodeMissing, Facts.NoCode, "is-required"),
        (Operation.CancelVoucher, Reason.VoucherExpired, Facts.CancelExpired, "own-words"),
        .. Of(Operation.Request, Reason.Unexpected), .. Of(Operation.RequestVoucherWithId, Reason.Unexpected), .. Of(Operation.CancelVoucher, Reason.Unexpected),
    ];

    // The simulator's own answers, which are in no vocabulary of the vendor.
    private static readonly string[] OfTheSimulator = ["The simulator's store does not answer", new SandboxesFullException(10_000).Message];

    [Fact]
    public void Every_reason_has_words_once_and_an_operation_that_sends_it()
    {
        // Those after the last are told to terminals and to whoever steers.
        var vendors = Enum.GetValues<Reason>().Where(reason => reason <= Reason.Unexpected).Order().ToArray();
        Assert.Equal(vendors, Refusals.Table.Select(wording => wording.Reason).Order());
        Assert.Equal(vendors, Sent.Select(sent => sent.Reason).Distinct().Order());
        Assert.All(Refusals.Table, wording => Assert.False(string.IsNullOrWhiteSpace(wording.Sentence) || string.IsNullOrWhiteSpace(wording.Code)));
    }

    [Fact]
    public void Every_refusal_that_an_operation_can_send_is_an_example_of_it()
    {
        foreach (var (operation, reason, fact, answer) in Sent)
        {
            var facts = fact is null ? Profile.Default : Profile.Parse($$"""{"{{fact.Id}}": "{{answer}}"}""", "test");
            var text = Refusals.Text(operation, reason, facts);
            foreach (var operationId in Ids(operation))
            {
                var examples = Refusing(operationId).Where(example => example.Messages.SequenceEqual([text])).ToList();
                Assert.True(examples.Count > 0, $"{operationId} has no example of: {text}");
                Assert.All(examples, example => Assert.Equal(
                    fact is not null, example.Summary.Contains($"only with another answer to {fact?.Id ?? ""}", StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public void Every_example_of_a_refusal_is_one_that_the_operation_can_send()
    {
        foreach (var operation in Enum.GetValues<Operation>())
        {
            var texts = Sent.Where(sent => sent.Operation == operation).Select(sent => Refusals.Text(
                operation, sent.Reason, sent.Fact is null ? Profile.Default : Profile.Parse($$"""{"{{sent.Fact.Id}}": "{{sent.Answer}}"}""", "test"))).ToList();
            foreach (var operationId in Ids(operation))
                Assert.All(Refusing(operationId), example => Assert.All(example.Messages, message => Assert.Contains(message, texts.Concat(OfTheSimulator))));
        }
    }

    [Fact]
    public async Task The_document_is_served_byte_by_byte()
    {
        var served = await new Caller(Simulator.Shared.Http, "").Send(HttpMethod.Get, "/openapi.yaml");
        Assert.Equal((200, "application/yaml; charset=utf-8"), (served.Status, served.ContentType));
        Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "openapi.yaml"), TestContext.Current.CancellationToken), served.Bytes);
    }

    private static IEnumerable<(Operation, Reason, Fact?, string?)> Of(Operation operation, params Reason[] reasons) =>
        reasons.Select(reason => (operation, reason, (Fact?)null, (string?)null));

    private static (Operation, Reason, Fact?, string?)[] Both(Reason reason, Fact fact, string answer) =>
        [(Operation.Request, reason, fact, answer), (Operation.RequestVoucherWithId, reason, fact, answer)];

    private static string[] Ids(Operation operation) => operation switch
    {
        Operation.Request => ["requestVoucher", "requestVoucherByGet"],
        Operation.RequestVoucherWithId => ["requestVoucherWithId"],
        _ => ["cancelVoucher"],
    };

    private static List<(string Summary, string[] Messages)> Refusing(string operationId) =>
    [
        .. OpenApiDocument.Current.Examples.Where(example => example.OperationId == operationId && example.ContentType == "application/json")
            .Select(example => (example.Summary, Json: JsonDocument.Parse(example.Body).RootElement))
            .Where(example => example.Json.TryGetProperty("errorMessages", out _))
            .Select(example => (example.Summary, example.Json.GetProperty("errorMessages").EnumerateArray().Select(message => message.GetString()!).ToArray())),
    ];
}
