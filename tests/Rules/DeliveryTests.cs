using CsCheck;
using ImovoSim.Campaigns;
using ImovoSim.Clients;
using ImovoSim.Delivery;
using ImovoSim.Fidelity;
using ImovoSim.Storage;
using ImovoSim.Vouchers;

namespace ImovoSim.Tests;

/// To whom a message goes, by which way, and what became of one that waited.
public sealed class DeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Rulebook Rules = new(Profile.Default, CampaignFile.BuiltIn());
    private static readonly Client Client = new(1, "one", default, true, 7919, CampaignGrant.All, null, default, 3, [], Now);

    [Theory]
    [InlineData("07700900001", "Sms", "+447700900001")]
    [InlineData("447700900001", "Sms", "+447700900001")]
    [InlineData("+447700900001", "Sms", "+447700900001")]
    [InlineData(" 07700900001 ", "Sms", "+447700900001")]
    [InlineData("a@example.com", "Email", "a@example.com")]
    [InlineData(" A@Example.com", "Email", "A@Example.com")]
    [InlineData("+33612345678", "None", "+33612345678")]
    [InlineData("0770090000", "None", "0770090000")]
    [InlineData("02079460000", "None", "02079460000")]
    [InlineData("09283-765748", "None", "09283-765748")]
    public void The_form_of_a_contact_says_the_way(string contact, string way, string to)
    {
        var channel = Enum.Parse<Channel>(way);
        var message = Assert.Single(Issue("THINK", contact).Messages!);
        Assert.Equal((channel, to, 1), (message.Channel, message.To, message.Id));
        Assert.Equal(channel == Channel.None, message.State == MessageState.Failed);
        Assert.Equal(channel == Channel.None, message.Reason is not null);
        Assert.Equal(channel == Channel.Email, message.Subject is not null);
    }

    [Theory]
    [InlineData("07700 900001")]
    [InlineData("(07700) 900-001")]
    [InlineData("+44 7700 900001")]
    [InlineData("+44 (0) 7700 900001")]
    [InlineData("0044 7700 900001")]
    [InlineData(" 447700900001")]
    [InlineData("447700900001")]
    public void A_mobile_number_is_found_however_it_is_written(string written) => Assert.Equal("+447700900001", Contact.Normal(written));

    [Theory]
    [InlineData("02079460000")]
    [InlineData("+33 6 12 34 56 78")]
    [InlineData("a-b@example.com")]
    [InlineData("")]
    public void What_is_no_mobile_number_stays_as_it_is(string written) => Assert.Equal(written, Contact.Normal(written));

    [Fact]
    public void The_delivery_recipient_comes_first_and_a_campaign_of_the_clients_own_sends_nothing()
    {
        Assert.Equal("+447700900002", Issue("CAMP01", "07700900001", "07700900002").Messages![0].To);
        Assert.Equal("+447700900001", Issue("CAMP01", "07700900001", " ").Messages![0].To);
        Assert.Empty(Issue("OFF50P", "07700900001").Messages!);
        Assert.Equal(0, Issue("OFF50P", "07700900001").Client!.LastMessage);
    }

    [Fact]
    public void The_text_is_the_answers_message_with_the_address_that_people_reach()
    {
        var outcome = Issue("THINK", "07700900001", rules: Rules with { PublicUrl = "http://127.0.0.1:5080" });
        Assert.Equal(CustomerMessage.For(Rules.Campaigns.Find("THINK")!, outcome.Voucher!, Profile.Default, "http://127.0.0.1:5080"), outcome.Messages![0].Text);
    }

    [Fact]
    public void With_a_mail_server_an_email_waits_and_an_sms_does_not()
    {
        var smtp = Rules with { BySmtp = true };
        Assert.Equal((MessageState.Waiting, Now), (Issue("THINK", "a@example.com", rules: smtp).Messages![0].State, Issue("THINK", "a@example.com", rules: smtp).Messages![0].NextAttempt));
        Assert.Equal(MessageState.Sent, Issue("THINK", "07700900001", rules: smtp).Messages![0].State);
        Assert.Equal(MessageState.Sent, Issue("THINK", "a@example.com").Messages![0].State);
    }

    [Fact]
    public void An_email_that_is_not_taken_waits_twice_as_long_each_time_and_is_given_up_after_a_day()
    {
        var message = Issue("THINK", "a@example.com", rules: Rules with { BySmtp = true }).Messages![0];
        var at = Now;
        var pauses = new List<double>();
        while (message.State == MessageState.Waiting)
        {
            message = Attempt(message, new SmtpAnswer("The SMTP server does not answer."), at);
            pauses.Add(((message.NextAttempt ?? at) - at).TotalSeconds);
            at = message.NextAttempt ?? at;
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30], pauses.Take(7));
        Assert.Equal((MessageState.Failed, pauses.Count, null), (message.State, message.Attempts, message.NextAttempt));
        Assert.InRange(at - Now, Day, Day + TimeSpan.FromSeconds(31));
        Assert.StartsWith("The SMTP server does not answer. Delivery:GiveUpAfter is over", message.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_for_good_is_told_in_the_servers_words_and_nothing_is_tried_that_another_has()
    {
        var message = Issue("THINK", "a@example.com", rules: Rules with { BySmtp = true }).Messages![0];
        var refused = Attempt(message, new SmtpAnswer("The SMTP server said 550: no such user.", Final: true), Now);
        Assert.Equal((MessageState.Failed, "The SMTP server said 550: no such user.", 1), (refused.State, refused.Reason, refused.Attempts));
        var late = new Attempted(message with { NextAttempt = Now.AddMinutes(1) }, new SmtpAnswer(null), Day, Now);
        Assert.Null(late.Decide(Client, new Found(null, [], Message: message)).Resolved);
        Assert.Equal((MessageState.Waiting, 0, Now.AddSeconds(3)), Attempt(message, null, Now.AddSeconds(3)) is var back ? (back.State, back.Attempts, back.NextAttempt) : default);
    }

    [Theory]
    [InlineData("THINK", 156)]
    [InlineData("CAMP01", 144)]
    public void The_vendors_messages_are_one_short_message_each(string campaign, int characters)
    {
        var sample = Samples.All.First(one => one.Campaign == campaign);
        var voucher = new Voucher(sample.Serial, sample.Code, campaign, sample.Pence, Now, Now.AddDays(30), sample.CustomerReference, LinkTail: sample.LinkTail);
        Assert.Equal(new Segments("GSM-7", characters, 1), Segments.Of(CustomerMessage.For(Rules.Campaigns.Find(campaign)!, voucher, Profile.Default)!));
    }

    [Theory]
    [InlineData("", "GSM-7", 0, 1)]
    [InlineData("£", "GSM-7", 1, 1)]
    [InlineData("€[]{}\\^~|", "GSM-7", 18, 1)]
    [InlineData("ç", "UCS-2", 1, 1)]
    [InlineData("😀", "UCS-2", 2, 1)]
    public void A_text_is_counted_as_an_operator_does(string text, string encoding, int characters, int count) =>
        Assert.Equal(new Segments(encoding, characters, count), Segments.Of(text));

    [Theory]
    [InlineData("a", 160, 1)]
    [InlineData("a", 161, 2)]
    [InlineData("a", 306, 2)]
    [InlineData("a", 307, 3)]
    [InlineData("ж", 70, 1)]
    [InlineData("ж", 71, 2)]
    [InlineData("ж", 134, 2)]
    [InlineData("ж", 135, 3)]
    [InlineData("€", 80, 1)]
    [InlineData("€", 81, 2)]
    [InlineData("€", 153, 3)]
    [InlineData("😀", 35, 1)]
    [InlineData("😀", 67, 3)]
    public void A_longer_text_has_less_in_each_and_no_pair_is_split(string one, int times, int count) =>
        Assert.Equal(count, Segments.Of(string.Concat(Enumerable.Repeat(one, times))).Count);

    [Fact]
    public void Any_text_is_cut_as_a_simple_model_cuts_it() =>
        Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]).Array[0, 400].Select(parts => (parts, plain: parts.Select(part => part is "ж" or "😀" ? "b" : part).ToArray()))
            .Sample(pair => Assert.All(new[] { pair.parts, pair.plain }, parts => Assert.Equal(Model(parts), Segments.Of(string.Concat(parts)))));

    private static readonly string[] Parts = ["a", "£", "€", "\\", "ж", "😀", "\n"];

    // Each part, whole, into the last segment that has room for it.
    private static Segments Model(string[] parts)
    {
        var gsm = parts.All(part => part is not ("ж" or "😀"));
        int Size(string part) => gsm ? part is "€" or "\\" ? 2 : 1 : part.Length;
        var (alone, each) = gsm ? (160, 153) : (70, 67);
        var segments = new List<int> { 0 };
        foreach (var part in parts)
        {
            if (segments[^1] + Size(part) > each)
                segments.Add(0);
            segments[^1] += Size(part);
        }

        return new Segments(gsm ? "GSM-7" : "UCS-2", segments.Sum(), segments.Sum() <= alone ? 1 : segments.Count);
    }

    private static Message Attempt(Message message, SmtpAnswer? answer, DateTimeOffset at) =>
        new Attempted(message, answer, Day, at).Decide(Client, new Found(null, [], Message: message)).Resolved!;

    private static Outcome Issue(string campaign, string reference, string? recipient = null, Rulebook? rules = null) =>
        new Issue(new IssueRequest(false, campaign, reference, campaign == "OFF50P" ? AskedValue.Absent : AskedValue.Of(20.00m), recipient), rules ?? Rules, Now).Decide(Client, Found.Nothing);
}
