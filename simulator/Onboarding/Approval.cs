using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Storage;

namespace ImovoSim.Onboarding;

/// <summary>
/// Makes the client of an application. The sealed message is kept first, and the client made after it, so that what is cut
/// off between the two is finished by the next approval, and no client is left whose key nobody has.
/// </summary>
internal sealed class Approval(IStore store, ApiKeys keys, Applications applications, Letter letter, TimeProvider time)
{
    private const string NameTaken = "There is a client of this name by now: remove it, or refuse this one.";

    /// <summary>The application as it is now, or a status and why it stays as it was.</summary>
    public async ValueTask<(Application? Approved, int Status, string Why)> Approve(string id, CampaignGrant grant, long? weeklyLimit, CancellationToken cancel)
    {
        while (true)
        {
            var (now, found) = (time.GetUtcNow(), await applications.Find(id, cancel));
            if (found is null)
                return (null, StatusCodes.Status404NotFound, Application.Unknown);
            if (found.DecidedAt is not null)
                return (null, StatusCodes.Status409Conflict, found.IsDecided);
            if (found.Sealed is null)
            {
                if (found.KeyExpires <= now)
                    return (null, StatusCodes.Status409Conflict, $"{KeyRefusedException.Expired(found.KeyExpires.Value)} Refuse it, so that it can be asked again.");
                if ((await store.Clients(cancel)).Any(client => client.IsCalled(found.Name)))
                    return (null, StatusCodes.Status409Conflict, NameTaken);
                var withMessage = found with { Sealed = Seal(found, grant, weeklyLimit, now) };
                if (!await applications.Replace(found, withMessage, cancel))
                    continue;
                found = withMessage;
            }

            if (!await Made(found, found.Sealed!, cancel))
            {
                await applications.Replace(found, found with { Sealed = null }, cancel);
                return (null, StatusCodes.Status409Conflict, NameTaken);
            }

            var approved = found with { DecidedAt = now, Key = null };
            if (await applications.Replace(found, approved, cancel))
                return (approved, StatusCodes.Status200OK, "");
        }
    }

    public async ValueTask<(Application? Refused, int Status, string Why)> Refuse(string id, string reason, CancellationToken cancel)
    {
        while (true)
        {
            if (await applications.Find(id, cancel) is not { } found)
                return (null, StatusCodes.Status404NotFound, Application.Unknown);
            if (found.DecidedAt is not null || found.Sealed is not null)
                return (null, StatusCodes.Status409Conflict, found.IsDecided);
            var refused = found with { DecidedAt = time.GetUtcNow(), Refused = reason, Key = null };
            if (await applications.Replace(found, refused, cancel))
                return (refused, StatusCodes.Status200OK, "");
        }
    }

    private async ValueTask<bool> Made(Application application, Sealed its, CancellationToken cancel) =>
        await keys.Make(application.Name, its.Key, new CampaignGrant(its.Campaigns), its.WeeklyLimit, int.MaxValue, cancel) is not null
        || await store.FindClient(its.Key, cancel) is not null;

    private Sealed Seal(Application application, CampaignGrant grant, long? weeklyLimit, DateTimeOffset now)
    {
        var key = KeyRotation.Draw();
        var text = letter.For(application.Name, key, grant, weeklyLimit, application.Address, London.Day(now));
        return new Sealed(SealedMessage.For(Recipient.Unpack(application.Key!), text, now), ApiKeys.Hash(key), grant.Text, weeklyLimit);
    }
}
