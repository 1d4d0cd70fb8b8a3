using System.Text.RegularExpressions;

namespace ImovoSim.Contracts;

/// <summary>
/// A stateless stub that holds as many conversations as it can: made from the snapshots alone, so it needs no service.
/// A case is left out where the same request has two answers, in the case or in another one before it.
/// </summary>
internal sealed partial class Stub
{
    private readonly Dictionary<StubRequest, (string Template, IReadOnlyList<string> Codes, StubMapping Mapping)> _mappings = [];
    private readonly StubWords _words;
    private int _issued;

    public Stub(DateTime londonDay, IEnumerable<Case> cases)
    {
        _words = new(londonDay);
        foreach (var one in cases)
        {
            if (WhyNot(one) is { } reason) LeftOut.Add((one, reason));
            else Held.Add(one);
        }
    }

    public List<Case> Held { get; } = [];
    public List<(Case Case, string Reason)> LeftOut { get; } = [];
    public IReadOnlyList<StubMapping> Mappings => [.. _mappings.Values.Select(one => one.Mapping)];

    /// <summary>What a target that is this stub can do.</summary>
    public static IReadOnlySet<string> Capabilities { get; } = new HashSet<string> { Capability.SecondClient, Capability.Limit, Capability.Samples };

    private string? WhyNot(Case one)
    {
        if (one.Needs.FirstOrDefault(need => !Capabilities.Contains(need)) is { } need) return $"a stub lacks \"{need}\"";
        if (Snapshots.Read(one) is not { } text || Turn.Read(text) is not { } turns) return "it is more than questions and answers";
        List<string> codes = [];
        HashSet<StubRequest> added = [];
        foreach (var turn in turns)
        {
            var reason = Bytes().IsMatch(turn.Body ?? "") ? "its body is described, not written"
                : turn.Ask.Path.AsSpan().ContainsAny('%', '+') ? "its address is percent-encoded, and stubs differ in how they read that"
                : turn.Headers.Any(header => header.Name is not "X-API-KEY" && header.Name.Equals("X-API-KEY", StringComparison.OrdinalIgnoreCase)) ? "its key's header is spelt in another way, and stubs differ in how they read that"
                : StubWords.CannotSay(turn.AnswerBody ?? "") is { } varies ? $"its answer tells {varies}"
                : Take(one, turn, codes, added);
            if (reason is null) continue;
            foreach (var request in added) _mappings.Remove(request);
            return reason;
        }
        return null;
    }

    private string? Take(Case one, Turn turn, List<string> codes, HashSet<StubRequest> added)
    {
        var request = StubWords.Request(turn, codes);
        var template = Local(turn, codes.Count, out var shapes);
        if (_mappings.TryGetValue(request, out var known))
        {
            if (known.Template != template || known.Codes.Any(codes.Contains)) return "the same request is answered in two ways, and a stub has no memory";
            codes.AddRange(known.Codes);
            return null;
        }
        var issued = shapes.Select(shape => StubWords.CodeOf(shape, ++_issued)).ToList();
        codes.AddRange(issued);
        var body = turn.AnswerBody is null ? null : _words.Answer(turn.AnswerBody, codes, _issued);
        _mappings[request] = (template, issued, new(one.SnapshotName, request, turn.Status, turn.AnswerHeaders, body));
        added.Add(request);
        return null;
    }

    /// <summary>The answer with its vouchers and references counted from one, so that answers of two cases can be compared.</summary>
    private static string Local(Turn turn, int before, out List<string> shapes)
    {
        List<string> found = [];
        var text = NewVoucher().Replace($"{turn.Status} {string.Join(';', turn.AnswerHeaders)} {turn.AnswerBody}", match =>
        {
            found.Add(match.Groups[2].Value);
            return $"{{voucher {found.Count}: {match.Groups[2].Value}}}";
        });
        for (var index = 1; index <= found.Count; index++) text = text.Replace($"{{voucher {before + index}}}", $"{{voucher of this answer {index}}}", StringComparison.Ordinal);
        shapes = found;
        return LinkNumber().Replace(text, "{link:");
    }

    [GeneratedRegex(@"\{(voucher \d+): ([^}]+)\}")]
    private static partial Regex NewVoucher();

    [GeneratedRegex(@"\{link \d+:")]
    private static partial Regex LinkNumber();

    [GeneratedRegex(@"^\{(?!"")[^}]*\}$")]
    private static partial Regex Bytes();
}
