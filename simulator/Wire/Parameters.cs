using System.Text;
using ImovoSim.Fidelity;
using ImovoSim.Vouchers;

namespace ImovoSim.Wire;

/// <summary>The name of a parameter as documented, and other names that mean it.</summary>
internal sealed record ParameterName(string Name, params string[] AlsoCalled);

/// <summary>What a caller gave, by the names that the operation knows.</summary>
internal sealed class Parameters(ParameterName[] names, Profile facts)
{
    private static readonly UTF8Encoding Strict = new(false, true);
    private readonly string?[] _values = new string?[names.Length];
    private readonly bool[] _given = new bool[names.Length];
    private readonly bool[] _unreadable = new bool[names.Length];
    private List<string>? _unknown;

    /// <summary>The first parameter of which what counts can be no text: NUL, broken UTF-8 or half a surrogate pair.</summary>
    public string? Unreadable => Array.IndexOf(_unreadable, true) is >= 0 and var first ? names[first].Name : null;

    public IReadOnlyList<string> Unknown => _unknown ?? [];

    public bool LastCounts => facts.Says(Facts.Repeated, "last");

    public string? this[int index] => _values[index];

    public AskedValue Value(int index) =>
        AskedValue.HasThousands(_values[index]) && facts.Says(Facts.Thousands, "invalid-value")
            ? new AskedValue(true, null)
            : AskedValue.Parse(_values[index]);

    /// <summary>Reads <c>a=1&amp;b=2</c>, from a query or a form. What is read later wins.</summary>
    public void ReadPairs(ReadOnlySpan<byte> pairs)
    {
        Span<bool> seen = stackalloc bool[names.Length];
        foreach (var range in pairs.Split((byte)'&'))
        {
            var pair = pairs[range];
            var equals = pair.IndexOf((byte)'=');
            var name = equals < 0 ? pair : pair[..equals];
            if (name.IsEmpty)
                continue;
            var known = name.IndexOfAny((byte)'%', (byte)'+') < 0 ? Find(name) : Find(Decode(name) ?? "");
            if (known < 0)
                AddUnknown(Decode(name) ?? "?");
            else if (!seen[known] || LastCounts)
                Set(known, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
            if (known >= 0)
                seen[known] = true;
        }
    }

    public int Find(string name) => Find(Encoding.UTF8.GetBytes(name));

    private int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (Is(names[i].Name, name))
                return i;
            foreach (var other in names[i].AlsoCalled)
            {
                if (Is(other, name))
                    return i;
            }
        }

        return -1;
    }

    private bool Is(string known, ReadOnlySpan<byte> name) =>
        facts.Says(Facts.NameCase, "any-case") ? Ascii.EqualsIgnoreCase(name, known) : Ascii.Equals(name, known);

    public void AddUnknown(string name) => (_unknown ??= []).Add(name);

    public bool Given(int index) => _given[index];

    /// <param name="text">Null where it is no text.</param>
    public void Set(int index, string? text)
    {
        _given[index] = true;
        _unreadable[index] = text is null || text.Contains('\0');
        _values[index] = _unreadable[index] ? null : text;
    }

    /// <summary>As if nothing had been given: what a binder hands on when it could not read the body.</summary>
    public void Clear()
    {
        Array.Clear(_values);
        Array.Clear(_given);
        Array.Clear(_unreadable);
        _unknown = null;
    }

    public void SetNull(int index) => (_given[index], _unreadable[index], _values[index]) = (true, false, null);

    /// <summary>For another place that the same operation reads.</summary>
    public Parameters Empty() => new(names, facts);

    /// <summary>Adds what another place gave; it wins.</summary>
    public void Add(Parameters later)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (later._given[i])
                (_given[i], _unreadable[i], _values[i]) = (true, later._unreadable[i], later._values[i]);
        }

        foreach (var name in later.Unknown)
            AddUnknown(name);
    }

    private static string? Decode(ReadOnlySpan<byte> encoded)
    {
        if (encoded.IndexOfAny((byte)'%', (byte)'+') < 0)
            return Text(encoded);
        Span<byte> bytes = encoded.Length <= 512 ? stackalloc byte[encoded.Length] : new byte[encoded.Length];
        var end = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] == '%' && i + 2 < encoded.Length && Hex(encoded[i + 1]) is >= 0 and var high && Hex(encoded[i + 2]) is >= 0 and var low)
            {
                bytes[end++] = (byte)(high * 16 + low);
                i += 2;
            }
            else
            {
                bytes[end++] = encoded[i] == '+' ? (byte)' ' : encoded[i];
            }
        }

        return Text(bytes[..end]);
    }

    private static string? Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static int Hex(byte digit) => char.IsAsciiHexDigit((char)digit) ? Convert.ToInt32(((char)digit).ToString(), 16) : -1;
}
