using ImovoSim.Delivery;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>The messages of a <see cref="ClientFile"/>, of which nothing is believed either.</summary>
internal static class ClientFileMessages
{
    private const string NotSent = "It waited for the mail server when its client was exported.";

    /// <exception cref="ClientFileException">They are not as the file's version has them.</exception>
    public static IReadOnlyList<Message> Read(ClientFile file, IReadOnlyList<Voucher> vouchers)
    {
        if (file.Version < 2)
            return file.Messages is null && file.LastMessageId == 0 ? [] : throw new ClientFileException("$.messages", "a file of version 1 has no messages");
        if (file.Messages is not { } entries)
            throw new ClientFileException("$.messages", "they are missing: a client without messages has []");
        if (file.LastMessageId < 0)
            throw new ClientFileException("$.lastMessageId", "it counts from 0");
        return [.. entries.Select((entry, i) => Read(entry, i, i == 0 ? 0 : entries[i - 1].Id, file.LastMessageId, vouchers))];
    }

    private static Message Read(ClientFile.MessageEntry entry, int index, long before, long last, IReadOnlyList<Voucher> vouchers)
    {
        ClientFileException Wrong(string member, string why) => new($"$.messages[{index}].{member}", why);
        if (entry.Id <= before || entry.Id > last)
            throw Wrong("id", "the ids grow, from 1 to lastMessageId at most");
        if (entry.Voucher < 1 || entry.Voucher > vouchers.Count)
            throw Wrong("voucher", "it must be the number of one of the vouchers, counted from 1");
        var channel = Array.IndexOf(MessageBody.Channels, entry.Channel);
        if (channel < 0)
            throw Wrong("channel", $"it must be one of {string.Join(", ", MessageBody.Channels)}");
        var state = Array.IndexOf(ClientFile.MessageStates, entry.State);
        if (state < 0)
            throw Wrong("state", $"it must be one of {string.Join(", ", ClientFile.MessageStates)}");
        if (entry.CreatedAt < ClientFileReader.Earliest || entry.DueAt < ClientFileReader.Earliest)
            throw Wrong("createdAt", $"it, or dueAt, lies before the year {ClientFileReader.Earliest.Year}");
        if (entry.Attempts < 0)
            throw Wrong("attempts", "they count from 0");
        if (new[] { entry.To, entry.Text, entry.Subject, entry.Reason }.Any(text => text?.Contains('\0') == true))
            throw Wrong("text", "no text of a message can have NUL");
        // Whoever it is for gets it from where it was exported: two simulators must not both send it.
        var waits = state == (int)MessageState.Waiting;
        return new Message(
            entry.Id, vouchers[(int)entry.Voucher - 1], (Channel)channel, entry.To, entry.Subject, entry.Text, waits ? MessageState.Failed : (MessageState)state,
            entry.CreatedAt.ToUniversalTime(), entry.DueAt.ToUniversalTime(), waits ? NotSent : entry.Reason, entry.Attempts);
    }
}
