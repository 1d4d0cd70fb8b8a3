using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Delivery;

/// <summary>What the SMTP server made of an e-mail.</summary>
/// <param name="Refused">Null where it has taken it; otherwise the reason, in which the server's own words can stand.</param>
/// <param name="Final">Whether it would be refused again.</param>
internal sealed record SmtpAnswer(string? Refused, bool Final = false);

/// <summary>Makes e-mails of messages and hands them to the SMTP server of the settings.</summary>
internal sealed class SmtpSender(Settings settings, CampaignFile campaigns, Profile facts, TimeProvider time) : IDisposable
{
    private readonly SmtpConnection? _connection = settings.Smtp is { } server ? new SmtpConnection(server, time) : null;

    public async ValueTask<SmtpAnswer> Send(Client client, Message message, CancellationToken cancel)
    {
        if (Email.Mailbox(message.To) is null)
            return new SmtpAnswer("It is for no address that e-mail knows.", Final: true);
        using var email = await Email.Of(message, client.Name, settings.DeliveryFrom, new Rulebook(facts, campaigns.Current, settings.PublicUrl));
        return await _connection!.Send(email, cancel);
    }

    /// <summary>There is nothing more to send for now.</summary>
    public ValueTask Rest(CancellationToken cancel) => _connection?.Rest(cancel) ?? ValueTask.CompletedTask;

    public void Dispose() => _connection?.Dispose();
}
