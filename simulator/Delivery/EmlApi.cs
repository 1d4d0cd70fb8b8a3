using ImovoSim.Control;
using ImovoSim.Wire;

namespace ImovoSim.Delivery;

/// <summary>GET /_sim/messages/ID/eml: an e-mail as a file, as it is or would be handed to a mail server.</summary>
internal static class EmlApi
{
    public static void MapEml(this IEndpointRouteBuilder routes, ControlRoute control, Settings settings) =>
        routes.MapGet("/_sim/messages/{message}/eml", control.ForClient(call => Show(call, settings.DeliveryFrom))).Describes(() => new(
            "downloadEmail", "Messages", "Download an e-mail", "A message by e-mail as a file that mail programs open: the text, and the same as HTML with the barcode as a picture.")
        {
            Answers = [new(StatusCodes.Status200OK, "The e-mail.", ContentType: "message/rfc822")],
            Refuses = [404],
        });

    private static async ValueTask<Answer> Show(ControlCall call, string from)
    {
        var client = (await call.Look()).Client;
        if (await MessagesApi.Find(call, client) is not { } message)
            return MessagesApi.Unknown();
        if (message.Channel != Channel.Email)
            return ControlProblem.NotFound("This message is no e-mail, and so no file.");
        using var file = new MemoryStream();
        using var email = await Email.Of(message, client.Name, from, call.Service.Rules);
        await email.WriteToAsync(Email.Lines, file, call.Cancelled);
        return new Answer(StatusCodes.Status200OK, "message/rfc822", file.ToArray(), "Content-Disposition", $"attachment; filename=\"{message.Voucher.Code}-{message.Id}.eml\"");
    }
}
