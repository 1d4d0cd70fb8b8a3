namespace ImovoSim.Delivery;

/// <summary>What a message is at one moment: its state, and what the clock makes of it.</summary>
internal enum MessageStanding
{
    Waiting,
    Sent,
    Delivered,
    Failed,
}

/// <summary>Which messages of a client are meant; null means any.</summary>
/// <param name="Now">The client's time, which parts the delivered from those on their way.</param>
/// <param name="DeliveredAfter">Only those delivered after this.</param>
/// <param name="Serial">Only those about this voucher.</param>
internal sealed record MessageQuery(
    DateTimeOffset Now, MessageStanding? Standing = null, string? To = null, Channel? Channel = null, long? Serial = null, string? Campaign = null, string? Reference = null,
    DateTimeOffset? DeliveredAfter = null, long After = 0, long Before = long.MaxValue, bool OldestFirst = false, int AtMost = 100)
{
    public MessageState? State => Standing switch
    {
        null => null,
        MessageStanding.Waiting => MessageState.Waiting,
        MessageStanding.Failed => MessageState.Failed,
        _ => MessageState.Sent,
    };

    public DateTimeOffset DueFrom => Standing == MessageStanding.Sent ? Now.AddTicks(1) : DeliveredAfter?.AddTicks(1) ?? DateTimeOffset.MinValue;

    public DateTimeOffset DueTo => Standing == MessageStanding.Delivered ? Now : DateTimeOffset.MaxValue;

    public bool Means(Message message) =>
        message.Id > After && message.Id < Before
        && (State is null || State == message.State) && message.Due >= DueFrom && message.Due <= DueTo
        && (To is null || To == message.To) && (Channel is null || Channel == message.Channel)
        && (Serial is null || Serial == message.Voucher.Serial)
        && (Campaign is null || Campaign == message.Voucher.Campaign)
        && (Reference is null || Reference == message.Voucher.CustomerReference);
}
