namespace ImovoSim.Pages;

/// <summary>What every page has around it.</summary>
/// <param name="Script">The one script that it runs; null for the pages that run none.</param>
public sealed record FrameModel(string Title, string Kind = "wide", string? Script = null);

/// <summary>A page that says one thing.</summary>
public sealed record MessageModel(string Title, string Text);

internal static class Message
{
    public static IResult Page(string title, string text, int status) =>
        Results.RazorSlice<Saying, MessageModel>(new MessageModel(title, text), status);

    /// <summary>The same for every link that leads nowhere, whatever the reason.</summary>
    public static IResult NoVoucher() => Page(
        "No voucher here", "This link leads to no voucher. Look whether all of it was copied, letters at its end too, and whether the simulator that made it is this one.",
        StatusCodes.Status404NotFound);
}
