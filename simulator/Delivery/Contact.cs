namespace ImovoSim.Delivery;

/// <summary>What a contact is, by its form: an e-mail address, a UK mobile number, or neither.</summary>
internal static class Contact
{
    public static bool CanBeReached(string contact) => IsEmail(contact) || IsMobile(contact);

    public static bool IsEmail(string contact) =>
        contact.IndexOf('@') is > 0 and var at && at < contact.Length - 1 && contact.LastIndexOf('@') == at && !contact.Contains(' ');

    /// <summary>A UK mobile number as +447…, however it is written; anything else without the blanks around it.</summary>
    public static string Normal(string contact)
    {
        // As most are written.
        if (contact is ['0', ..] && IsMobile(contact))
            return string.Concat("+44", contact.AsSpan(1));
        var digits = string.Concat(contact.Where(character => character is not (' ' or '-' or '(' or ')'))).Replace("+440", "+44", StringComparison.Ordinal);
        if (digits.StartsWith("0044", StringComparison.Ordinal))
            digits = digits[2..];
        return !IsMobile(digits) ? contact.Trim() : digits[0] == '+' ? digits : digits[0] == '0' ? $"+44{digits[1..]}" : $"+{digits}";
    }

    public static bool IsMobile(string contact)
    {
        var digits = contact.AsSpan();
        if (digits is ['+', ..])
            digits = digits[1..];
        else if (digits.StartsWith("07"))
            return digits.Length == 11 && digits.IndexOfAnyExceptInRange('0', '9') < 0;
        return digits.StartsWith("447") && digits.Length == 12 && digits.IndexOfAnyExceptInRange('0', '9') < 0;
    }
}
