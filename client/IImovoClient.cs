namespace ImovoSim.Client;

/// <summary>
/// The i-movo voucher API of one API key. Safe to share between threads and to keep for the life of the program.
/// </summary>
/// <remarks>
/// <para>An expected "no" of the service is a result, never an exception. Exceptions mean that there was no usable answer;
/// all of them derive from <see cref="ImovoException"/>, whose <see cref="ImovoException.OutcomeIsUnknown"/> says whether the
/// service may have acted nevertheless.</para>
/// <para>No call is sent twice. A connection that could not be made is tried again
/// (<see cref="ImovoClientOptions.ConnectRetries"/>), because then nothing was sent.</para>
/// <para>Source: the vendor's page "i-movo Voucher APIs"; what is assumed is marked in openapi.yaml.</para>
/// </remarks>
public interface IImovoClient
{
    /// <summary>Requests one voucher. Every successful call issues another one, also with the same reference.</summary>
    /// <param name="campaignCode">The campaign, as issued by i-movo.</param>
    /// <param name="customerReference">Your reference; where i-movo delivers, the customer's mobile number or e-mail address.</param>
    /// <param name="value">The value in pounds, for cash vouchers only; null leaves it to the campaign. Sent with at least two
    /// decimals and never rounded.</param>
    /// <param name="cancellationToken">Gives up waiting. Once the request was sent, giving up leaves its outcome unknown.</param>
    /// <returns><see cref="VoucherIssued"/> or <see cref="VoucherRefused"/>; there is no third kind.</returns>
    /// <exception cref="ArgumentNullException">A required argument is null. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent: no voucher was issued.</exception>
    /// <exception cref="ImovoUnreachableException">No connection could be made: no voucher was issued.</exception>
    /// <exception cref="ImovoAccessDeniedException">The key or the caller is not allowed (401, 403): no voucher was issued.</exception>
    /// <exception cref="ImovoUnexpectedAnswerException">Something answered, but not as the vendor promises.</exception>
    /// <exception cref="VoucherOutcomeUnknownException">The request was sent and its answer was lost: a voucher may have been
    /// issued. Do not repeat the call.</exception>
    Task<VoucherResult> RequestVoucherAsync(
        string campaignCode, string customerReference, decimal? value = null, CancellationToken cancellationToken = default);

    /// <summary>Requests one voucher that shows the customer's details, which the shop compares with the customer's ID.</summary>
    /// <param name="request">The voucher and the customer.</param>
    /// <param name="cancellationToken">Gives up waiting. Once the request was sent, giving up leaves its outcome unknown.</param>
    /// <returns><see cref="VoucherIssued"/> or <see cref="VoucherRefused"/>; there is no third kind.</returns>
    /// <exception cref="ArgumentNullException">The request or one of its required members is null. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent: no voucher was issued.</exception>
    /// <exception cref="ImovoUnreachableException">No connection could be made: no voucher was issued.</exception>
    /// <exception cref="ImovoAccessDeniedException">The key or the caller is not allowed (401, 403): no voucher was issued.</exception>
    /// <exception cref="ImovoUnexpectedAnswerException">Something answered, but not as the vendor promises.</exception>
    /// <exception cref="VoucherOutcomeUnknownException">The request was sent and its answer was lost: a voucher may have been
    /// issued. Do not repeat the call.</exception>
    Task<VoucherResult> RequestVoucherWithIdAsync(IdVoucherRequest request, CancellationToken cancellationToken = default);

    /// <summary>Cancels a voucher at once. A second cancellation is refused, so it is safe to repeat.</summary>
    /// <param name="voucherCode">The code as it was issued.</param>
    /// <param name="cancellationToken">Gives up waiting. Once the request was sent, giving up leaves its outcome unknown.</param>
    /// <returns><see cref="VoucherCancelled"/> or <see cref="CancelRefused"/>; there is no third kind.</returns>
    /// <exception cref="ArgumentNullException">The code is null. Nothing was sent.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent: the voucher is as it was.</exception>
    /// <exception cref="ImovoUnreachableException">No connection could be made: the voucher is as it was.</exception>
    /// <exception cref="ImovoAccessDeniedException">The key or the caller is not allowed (401, 403): the voucher is as it was.</exception>
    /// <exception cref="ImovoUnexpectedAnswerException">Something answered, but not as the vendor promises.</exception>
    /// <exception cref="VoucherOutcomeUnknownException">The request was sent and its answer was lost. Cancelling again is safe:
    /// <see cref="RefusalReason.VoucherNotLive"/> then means that it is done, or that the voucher had been redeemed.</exception>
    Task<CancelResult> CancelVoucherAsync(string voucherCode, CancellationToken cancellationToken = default);
}
