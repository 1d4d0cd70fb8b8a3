using ImovoSim.Clients;
using ImovoSim.Storage;

namespace ImovoSim.Delivery;

/// <summary>What became of a message that was claimed.</summary>
/// <param name="answer">What the mail server made of it; null where it was not tried and is given back.</param>
/// <param name="giveUpAfter">How long after its first failure it may be tried.</param>
internal sealed class Attempted(Message claimed, SmtpAnswer? answer, TimeSpan giveUpAfter, DateTimeOffset real) : Change(real)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>The message as it is now; null where it is its claimer's no more.</summary>
    public Message? Result { get; private set; }

    /// <summary>One second, then twice as long each time.</summary>
    public static TimeSpan Pause(int failures) => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, Math.Max(failures - 1, 0)), LongestPause.TotalSeconds));

    public override long NeedsMessage(Client client) => claimed.Id;

    protected override Outcome Rule(Client client, Found found, DateTimeOffset now)
    {
        Result = null;
        // Where its client began anew, another has its number.
        if (found.Message is not { } message || message.NextAttempt != claimed.NextAttempt)
            return new Outcome([]);
        Result = answer switch
        {
            null => message with { NextAttempt = Real },
            { Refused: null } => Tried(message) with { State = MessageState.Sent, Due = now, Reason = null, NextAttempt = null },
            { Final: true } => Failed(Tried(message), answer.Refused),
            { Refused: { } why } when Real - (message.FirstAttempt ?? Real) > giveUpAfter => Failed(Tried(message), $"{why} Delivery:GiveUpAfter is over, and it is given up."),
            { Refused: { } why } => Tried(message) with { Reason = why, FirstAttempt = message.FirstAttempt ?? Real, NextAttempt = Real + Pause(message.Attempts + 1) },
        };
        return new Outcome([], Resolved: Result);
    }

    private static Message Tried(Message message) => message with { Attempts = message.Attempts + 1 };

    private static Message Failed(Message message, string why) => message with { State = MessageState.Failed, Reason = why, NextAttempt = null };
}
