using ImovoSim.Clients;
using ImovoSim.Storage;
using ImovoSim.Wire;
using Microsoft.AspNetCore.Http.Features;

namespace ImovoSim.Control;

/// <summary>POST /_sim/import: a client becomes what the file says, and keeps only its name, its key, and where it is no sandbox its campaigns.</summary>
internal static class Import
{
    private const long MostBytes = 256 << 20;

    // Two files of that size at once are more than a small machine has.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public static void MapImport(this IEndpointRouteBuilder routes, ControlRoute control) => routes.MapPost("/_sim/import", control.ForClient(Take)).Describes(() => new(
        "importClient", "Client", "Import a client", "The client becomes what an exported file says, all of it or nothing, and keeps only its name, its key, its journal, and where it is no sandbox its campaigns.")
    {
        TakesFile = "A file that was exported, of at most 256 MB.",
        Answers = [RouteAnswer.Ok(ControlJson.Plain.ClientBody, "The client as it is now.")],
        Refuses = [400],
    });

    private static async ValueTask<Answer> Take(ControlCall call)
    {
        if (call.RefuseOther() is { } refusal)
            return refusal;
        call.Http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MostBytes;
        var file = await RequestBody.Read(call.Http.Request);
        await OneAtATime.WaitAsync();
        try
        {
            var change = new Become(ClientFileReader.Read(file, call.RealNow), call.RealNow);
            await call.Change(change);
            return ControlJson.Answer(ClientBody.Of(change.After!, call.RealNow), ControlJson.Plain.ClientBody);
        }
        catch (ClientFileException e)
        {
            return ControlProblem.Wrong($"The file is not imported, and nothing has changed. {e.Message}.");
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private sealed class Become(ImportedState state, DateTimeOffset real) : Change(real)
    {
        protected override Outcome Rule(Client client, Found found, DateTimeOffset now) => new(
            [],
            Client: state.Faults.On(client with
            {
                // Which campaigns a client may use is the admin's to say; a sandbox is its own.
                Grant = client.IsSandbox ? state.Grant : client.Grant,
                WeeklyLimit = state.WeeklyLimit,
                FirstLimit = state.FirstLimit,
                Clock = state.Clock,
                Seed = state.Seed,
                LastSerial = state.Vouchers.Count,
                DayTotals = state.Days,
                LastMessage = state.LastMessage,
            }),
            Restart: state.Vouchers,
            Histories: state.Histories,
            Messages: state.Messages);
    }
}
