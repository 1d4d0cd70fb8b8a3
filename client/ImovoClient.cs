using System.Text.Json;
using ImovoSim.Client.Generated;
using Microsoft.Extensions.Options;

namespace ImovoSim.Client;

internal sealed class ImovoClient(
    IHttpClientFactory factory, string httpName, IOptionsMonitor<ImovoClientOptions> options, string optionsName, TimeProvider time) : IImovoClient
{
    public Task<VoucherResult> RequestVoucherAsync(
        string campaignCode, string customerReference, decimal? value, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(campaignCode);
        ArgumentNullException.ThrowIfNull(customerReference);
        return CallAsync(RequestAdvice, async (api, cancel) => Result(
            await api.RequestVoucherAsync(campaignCode, customerReference, Pounds(value), new VoucherForm(), cancel).ConfigureAwait(false), api),
            Refused, cancellationToken);
    }

    public Task<VoucherResult> RequestVoucherWithIdAsync(IdVoucherRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var wire = new VoucherWithIdRequest
        {
            CampaignCode = Required(request.CampaignCode, nameof(request.CampaignCode)),
            VoucherValue = Pounds(request.Value),
            CustomerReference = Required(request.CustomerReference, nameof(request.CustomerReference)),
            DeliveryRecipient = request.DeliveryRecipient,
            CustomerName = Required(request.CustomerName, nameof(request.CustomerName)),
            Address = Required(request.Address, nameof(request.Address)),
            PostCode = Required(request.PostCode, nameof(request.PostCode)),
        };
        return CallAsync(RequestAdvice, async (api, cancel) => Result(
            await api.RequestVoucherWithIdAsync(wire, cancel).ConfigureAwait(false), api), Refused, cancellationToken);
    }

    public Task<CancelResult> CancelVoucherAsync(string voucherCode, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(voucherCode);
        return CallAsync(CancelAdvice, async (api, cancel) => Result(
            await api.CancelVoucherAsync(voucherCode, new CancelForm(), cancel).ConfigureAwait(false), api), CancelRefused, cancellationToken);
    }

    private const string RequestAdvice = "A voucher may have been issued. Do not repeat the request, which would issue a second one: "
        + "keep the customer reference and the time, and settle with i-movo what became of it.";

    private const string CancelAdvice = "The voucher may have been cancelled. Cancelling it again is safe: "
        + "'already cancelled or redeemed' then means that it can be cancelled no more.";

    private async Task<T> CallAsync<T>(
        string advice, Func<Conversation, CancellationToken, Task<T>> call, Func<Refusal, T> refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var settings = options.Get(optionsName);
        using var http = factory.CreateClient(httpName);
        using var timeout = new CancellationTokenSource(settings.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var api = new Conversation(http);
        try
        {
            return await call(api, either.Token).ConfigureAwait(false);
        }
        catch (ImovoApiException answer)
        {
            return Envelope(answer, api) is { } refusal ? refused(refusal) : throw Failures.Unusable(answer, api);
        }
        catch (Exception lost) when (lost is not ImovoException && api.Request?.Started == true)
        {
            throw Failures.Lost(lost, api, advice, Why(lost, settings, timeout, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("Cancelled before anything was sent.", cancellationToken);
        }
        catch (Exception unsent) when (Failures.IsOfTransport(unsent))
        {
            throw Failures.Unreachable(unsent, api, settings);
        }
    }

    private static string Why(Exception lost, ImovoClientOptions settings, CancellationTokenSource timeout, CancellationToken caller) =>
        caller.IsCancellationRequested ? "the caller cancelled"
        : timeout.IsCancellationRequested ? $"it did not arrive within {settings.Timeout.TotalSeconds:0.###} s (ImovoClientOptions.Timeout)"
        : lost is InvalidOperationException or HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } ? lost.Message
        : "the connection broke";

    /// The vendor's "no", which comes with status 200, 400 or (assumed) 404.
    private static Refusal? Envelope(ImovoApiException answer, Conversation api)
    {
        if (answer is ImovoApiException<Refusal> { StatusCode: 400, Result.SuccessfulRequest: false } typed)
            return typed.Result;
        if (answer.StatusCode != 404 || !api.AnswerIsJson)
            return null;
        try
        {
            return JsonSerializer.Deserialize(answer.Response ?? "", WireJson.Default.Refusal) is { SuccessfulRequest: false } refusal ? refusal : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static VoucherResult Result(VoucherAnswer answer, Conversation api)
    {
        if (!answer.SuccessfulRequest)
            return Refused(answer.ErrorMessages);
        if (answer.ErrorMessages is { Count: > 0 })
            throw Failures.Contradiction(api, "it says both that a voucher was issued and that there were errors");
        if (string.IsNullOrWhiteSpace(answer.VoucherCode))
            throw Failures.Contradiction(api, "it says that a voucher was issued, but names no voucherCode");
        VoucherExpiry expiry = default;
        if (answer.ExpiryDate is { } text && !VoucherExpiry.TryParse(text, out expiry))
            throw Failures.Contradiction(api, "a voucher was issued, but its expiryDate cannot be read; the raw body holds its code");
        return new VoucherIssued
        {
            Code = answer.VoucherCode,
            Balance = answer.Balance,
            Expiry = answer.ExpiryDate is null ? null : expiry,
            Message = answer.Message,
            Link = VoucherLink.Find(answer.Message),
        };
    }

    private static CancelResult Result(CancelAnswer answer, Conversation api) =>
        !answer.SuccessfulRequest ? CancelRefused(answer.ErrorMessages)
        : answer.ErrorMessages is { Count: > 0 } ? throw Failures.Contradiction(api, "it says both that the voucher was cancelled and that there were errors")
        : new VoucherCancelled();

    private static VoucherResult Refused(Refusal refusal) => Refused(refusal.ErrorMessages);
    private static CancelResult CancelRefused(Refusal refusal) => CancelRefused(refusal.ErrorMessages);

    private static VoucherRefused Refused(ICollection<string>? messages)
    {
        string[] words = [.. messages ?? []];
        return new VoucherRefused { Reason = RefusalReason.From(words), Messages = words };
    }

    private static CancelRefused CancelRefused(ICollection<string>? messages)
    {
        string[] words = [.. messages ?? []];
        return new CancelRefused { Reason = RefusalReason.From(words), Messages = words };
    }

    /// At least two decimals, as in the vendor's samples; more are kept, for rounding money is not this client's business.
    private static decimal? Pounds(decimal? value) => value + 0.00m;

    private static string Required(string? value, string name) => value ?? throw new ArgumentNullException(name);
}
