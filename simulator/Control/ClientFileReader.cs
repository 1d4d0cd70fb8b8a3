using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ImovoSim.Clients;
using ImovoSim.Clock;
using ImovoSim.Delivery;
using ImovoSim.Faults;
using ImovoSim.Vouchers;

namespace ImovoSim.Control;

/// <summary>What a file makes of a client.</summary>
internal sealed record ImportedState(
    CampaignGrant Grant, long? WeeklyLimit, long? FirstLimit, ClockSetting Clock, ulong Seed, ImmutableArray<DayTotal> Days, FaultPlan Faults,
    IReadOnlyList<Voucher> Vouchers, IReadOnlyList<(long Serial, VoucherEvent Happened)> Histories, long LastMessage, IReadOnlyList<Message> Messages);

/// <summary>A file that cannot be taken; the message names the place in it.</summary>
internal sealed class ClientFileException(string path, string why) : Exception($"{path}: {why}");

/// <summary>Reads a <see cref="ClientFile"/> of this version or an older one, and believes nothing of it.</summary>
internal static class ClientFileReader
{
    private const int MostCampaigns = 1000;
    private const int MostUses = 10_000;
    private const decimal MostPounds = 1_000_000_000;
    private const decimal MostOffsetSeconds = 366L * 200 * 86_400;

    // London had a time of its own before, in which an hour has no whole minutes.
    public static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="real">The real time, from which a clock's offset counts.</param>
    /// <exception cref="ClientFileException">The bytes are no such file, or one of a later version.</exception>
    public static ImportedState Read(ReadOnlySpan<byte> json, DateTimeOffset real)
    {
        if (json.StartsWith(Encoding.UTF8.Preamble))
            json = json[Encoding.UTF8.Preamble.Length..];
        try
        {
            CheckVersion(json);
            return Check(JsonSerializer.Deserialize(json, ClientFileJson.Strict.ClientFile)!, real);
        }
        catch (JsonException e)
        {
            throw new ClientFileException(e.Path ?? "$", Sentence(e.Message));
        }
    }

    // Before anything else of it is looked at: what a later version has is not to be called a mistake.
    private static void CheckVersion(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new ClientFileException("$", "the file must be an object, as GET /_sim/export gives it");
        var (format, version) = ((string?)null, (int?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isFormat, isVersion) = (reader.ValueTextEquals("format"u8), reader.ValueTextEquals("version"u8));
            reader.Read();
            if (isFormat && reader.TokenType == JsonTokenType.String)
                format ??= reader.GetString();
            else if (isVersion && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number))
                version ??= number;
            else
                reader.Skip();
        }

        if (format != ClientFile.FormatName)
            throw new ClientFileException("$.format", $"it must be \"{ClientFile.FormatName}\": this is no export of a client");
        if (version is not (>= 1 and <= ClientFile.LastVersion))
            throw new ClientFileException("$.version", version > ClientFile.LastVersion
                ? $"the file is of version {version}, and this program reads versions up to {ClientFile.LastVersion}: import it with the program that wrote it, or a later one"
                : $"it must be a version from 1 to {ClientFile.LastVersion}");
    }

    private static string Sentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.').Replace("ImovoSim.Control.", "", StringComparison.Ordinal).Replace("+", " ", StringComparison.Ordinal);
    }

    private static ImportedState Check(ClientFile file, DateTimeOffset real)
    {
        if (file.Campaigns.FirstOrDefault(code => code.Length is 0 or > 256 || code.AsSpan().ContainsAny(',', '\0')) is { } wrong)
            throw new ClientFileException("$.campaigns", $"\"{wrong}\" is no campaign code");
        var clock = Clock(file.Clock, real);
        if (file.Seed.Length != 16 || !ulong.TryParse(file.Seed, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seed))
            throw new ClientFileException("$.seed", "it must be 16 hexadecimal digits");
        var (vouchers, histories) = (new List<Voucher>(file.Vouchers.Count), new List<(long, VoucherEvent)>());
        for (var i = 0; i < file.Vouchers.Count; i++)
        {
            if (file.Version < 3 && file.Vouchers[i].Uncounted)
                throw new ClientFileException($"$.vouchers[{i}].uncounted", $"a file of version {file.Version} does not have it");
            vouchers.Add(Voucher(file.Vouchers[i], i, seed));
            histories.AddRange(Events(file.Vouchers[i], i).Select(happened => (i + 1L, happened)));
        }

        if (vouchers.Select(voucher => voucher.Campaign).Distinct().Count() > MostCampaigns)
            throw new ClientFileException("$.vouchers", $"they are of more than {MostCampaigns} campaigns");
        return new ImportedState(
            new CampaignGrant(string.Join(',', file.Campaigns)), Limit(file.WeeklyLimit, "$.weeklyLimit"), Limit(file.FirstLimit, "$.firstLimit"),
            clock, seed, Days(file.Days), Faults(file), vouchers, histories, file.LastMessageId, ClientFileMessages.Read(file, vouchers));
    }

    private static ClockSetting Clock(ClientFile.ClockEntry entry, DateTimeOffset real)
    {
        if (entry.FrozenAt is { } at && (entry.OffsetSeconds != 0 || !SetClock.IsInRange(at)))
            throw new ClientFileException("$.clock", $"a clock is frozen at an instant from {SetClock.First.Year} to {SetClock.Last.Year}, or has an offset");
        // More cannot be added to a date.
        var clock = Math.Abs(entry.OffsetSeconds) > MostOffsetSeconds ? (ClockSetting?)null
            : new ClockSetting(TimeSpan.FromTicks((long)(entry.OffsetSeconds * TimeSpan.TicksPerSecond)), entry.FrozenAt?.ToUniversalTime());
        return clock is { } given && SetClock.IsInRange(given.At(real)) ? given : throw new ClientFileException(
            "$.clock.offsetSeconds", $"with it the client's time does not lie from the year {SetClock.First.Year} to {SetClock.Last.Year}");
    }

    private static long? Limit(decimal? pounds, string path) => pounds is null ? null : Pence(pounds.Value, path);

    private static long Pence(decimal pounds, string path, decimal least = 0) =>
        pounds >= least && pounds <= MostPounds && decimal.Round(pounds, 2) == pounds
            ? Money.ToPence(pounds)
            : throw new ClientFileException(path, "it must be pounds from 0 with two decimals at most");

    private static ImmutableArray<DayTotal> Days(IReadOnlyList<ClientFile.DayEntry> days)
    {
        if (days.Count > Client.DaysKept || days.DistinctBy(entry => entry.Day).Count() != days.Count)
            throw new ClientFileException("$.days", $"they must be {Client.DaysKept} days at most, each once");
        // A cancelled voucher of an older week can have left less than nothing, where a fact says that it frees its value.
        return [.. days.Select((entry, i) => new DayTotal(entry.Day, Pence(entry.Value, $"$.days[{i}].value", -MostPounds)))];
    }

    private static FaultPlan Faults(ClientFile file)
    {
        for (var i = 0; i < file.Faults.Count; i++)
        {
            var fault = file.Faults[i];
            if (fault.Id < 1 || fault.Id > file.LastFaultId || fault.Calls < 0 || fault.Struck < 0 || file.Faults.Take(i).Any(other => other.Id == fault.Id))
                throw new ClientFileException($"$.faults[{i}]", "its id must be from 1 to lastFaultId and its own, and its counts not below 0");
            if (new FaultRequest(
                fault.Kind, fault.When, fault.Operation, fault.Campaign, fault.Reference, fault.Nth, fault.Every, fault.Probability, fault.Strikes, null,
                fault.Status, fault.Body, fault.ContentType, fault.RetryAfter, fault.Milliseconds, fault.To, fault.Deviation).Read(0).Wrong is { } wrong)
                throw new ClientFileException($"$.faults[{i}]", wrong.TrimEnd('.'));
        }

        return file.Faults.Count <= FaultPlan.Most ? new FaultPlan(file.LastFaultId, file.Faults) : throw new ClientFileException("$.faults", $"there are more than {FaultPlan.Most}");
    }

    private static Voucher Voucher(ClientFile.VoucherEntry entry, int index, ulong seed)
    {
        ClientFileException Wrong(string member, string why) => new($"$.vouchers[{index}].{member}", why);
        if (VoucherCode.SerialOf(seed, entry.Code) != index + 1)
            throw Wrong("code", $"{entry.Code} is not a code that voucher number {index + 1} of this seed can have: no voucher may be left out, added or moved");
        if (Array.IndexOf(ClientFile.States, entry.State) is var state && state < 0)
            throw Wrong("state", $"it must be one of {string.Join(", ", ClientFile.States)}");
        if (entry.Campaign.Length is 0 or > 256)
            throw Wrong("campaign", "it must be a campaign's code");
        if (entry.UsesLeft is < 0 or > MostUses)
            throw Wrong("usesLeft", $"it must be from 0 to {MostUses}");
        if (entry.IssuedAt < Earliest || entry.ExpiresAt < Earliest)
            throw Wrong(entry.IssuedAt < Earliest ? "issuedAt" : "expiresAt", $"it lies before the year {Earliest.Year}");
        string?[] id = [entry.CustomerName, entry.Address, entry.PostCode];
        if (id.Any(text => text is null) && id.Any(text => text is not null))
            throw Wrong("customerName", "customerName, address and postCode stand together or not at all");
        string?[] texts = [entry.Campaign, entry.CustomerReference, entry.DeliveryRecipient, .. id, entry.LinkTail];
        if (texts.Any(text => text?.Contains('\0') == true))
            throw Wrong("customerReference", "no text of a voucher can have NUL");
        return new Voucher(
            index + 1, entry.Code, entry.Campaign, Pence(entry.Value, $"$.vouchers[{index}].value"), entry.IssuedAt.ToUniversalTime(), entry.ExpiresAt.ToUniversalTime(),
            entry.CustomerReference, entry.DeliveryRecipient, entry.CustomerName is { } name ? new IdBlock(name, entry.Address!, entry.PostCode!) : null, entry.LinkTail,
            entry.UsesLeft, entry.Used, entry.CountedByReference, (VoucherState)state, entry.Uncounted);
    }

    private static IEnumerable<VoucherEvent> Events(ClientFile.VoucherEntry entry, int index)
    {
        var standing = 0;
        for (var i = 0; i < (entry.Events?.Count ?? 0); i++)
        {
            var happened = entry.Events![i];
            var path = $"$.vouchers[{index}].events[{i}]";
            if (Array.IndexOf(ClientFile.Kinds, happened.What) is var kind && kind < 0)
                throw new ClientFileException($"{path}.what", $"it must be one of {string.Join(", ", ClientFile.Kinds)}");
            standing += (VoucherEventKind)kind switch { VoucherEventKind.Redeemed => 1, VoucherEventKind.Voided => -1, _ => 0 };
            if (standing < 0)
                throw new ClientFileException(path, "there is no redemption before it that could be voided");
            if (happened.At < Earliest)
                throw new ClientFileException($"{path}.at", $"it lies before the year {Earliest.Year}");
            if (new[] { happened.Outlet, happened.Terminal, happened.Text }.Any(text => text?.Contains('\0') == true))
                throw new ClientFileException(path, "no text of it can have NUL");
            yield return new VoucherEvent(
                (VoucherEventKind)kind, happened.At.ToUniversalTime(), Pence(happened.Amount, $"{path}.amount"), happened.Outlet, happened.Terminal, happened.Text);
        }
    }
}
