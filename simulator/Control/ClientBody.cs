using System.ComponentModel;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>A client as its owner and the admin see it: never with its key.</summary>
internal sealed record ClientBody(
    [property: Description("Its name; a sandbox's is made from its key, which cannot be learnt from it.")] string Name,
    [property: Description("Whether it made itself by the first use of a key that begins with sim_.")] bool Sandbox,
    [property: Description("Its campaigns: codes with commas between, * for all, !CODE for all but that.")] string Campaigns,
    [property: Description("Pounds a week; missing where there is no limit.")] decimal? WeeklyLimit,
    [property: Description("How many vouchers it has, whatever became of them.")] long Vouchers,
    [property: Description("The time by its clock.")] DateTimeOffset Now,
    [property: Description("When its key was last used, by the real clock.")] DateTimeOffset LastUsed)
{
    public static ClientBody Of(Client client, DateTimeOffset real) => new(
        client.Name, client.IsSandbox, client.Grant.Text, client.WeeklyLimit is { } pence ? Money.ToPounds(pence) : null,
        client.LastSerial, London.Local(client.Clock.At(real)), London.Local(client.LastUsed));
}

internal sealed record ClientsBody([property: Description("The clients.")] IReadOnlyList<ClientBody> Clients);
