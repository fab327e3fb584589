using System.Text;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>An e-mail address as a file has it, and as it is meant.</summary>
/// <remarks>
/// People type addresses and programs decorate them: <c>mailto:</c>, <c>Ada &lt;ada@example.com&gt;</c>, quotation
/// marks, a full stop at the end, characters that cannot be seen. All of that is taken away, where one address is left
/// and no other can be meant. Nothing is added, and no letter of the address is changed but for full-width forms, which
/// stand for the ASCII letter.
/// </remarks>
internal sealed class AddressText
{
    private const string Mailto = "mailto:";

    // Quotation marks and brackets around an address: ' " ` “ ” „ ‘ ’ ‚ « » ‹ › ( ) [ ]
    // and |, the bar of a list.
    private const string Around = "'\"`\u201C\u201D\u201E\u2018\u2019\u201A\u00AB\u00BB\u2039\u203A()[]|";
    private const string AtTheEnd = ".,;:/";

    private static readonly HashSet<string> s_none = new(StringComparer.OrdinalIgnoreCase)
    {
        "n/a", "na", "n.a.", "none", "null", "nil", "nan", "no", "no email", "no e-mail", "unknown", "undefined",
        "missing", "tbd", "empty", "false", "-", "--", "—", "–", "?", "x", "xxx", "keine", "unbekannt", "aucun",
        "aucune", "inconnu", "ninguno", "ninguna", "desconocido", "nessuno", "nenhum", "geen", "brak", "нет",
    };

    private AddressText(string given, string address, string? problem)
    {
        Address = address;
        Problem = problem;
        IsChanged = problem is null && address != given;
    }

    /// <summary>Gets the intended address; if it is not known, the given text without blanks around it.</summary>
    public string Address { get; }

    /// <summary>Gets a value indicating whether more than blanks at the ends was taken away.</summary>
    public bool IsChanged { get; }

    /// <summary>
    /// Gets why it is not one address, in a sentence that shows what cannot be seen; null if it is one.
    /// </summary>
    public string? Problem { get; }

    /// <summary>Tells whether a text is one address. Most texts have no @ in them, and need not be read.</summary>
    public static bool IsAddress(string text) => text.Contains('@') && Read(text) is { Problem: null };

    /// <summary>Reads an address.</summary>
    /// <param name="given">What the file has.</param>
    /// <returns>The address; null if there is nothing to be seen.</returns>
    public static AddressText? Read(string? given)
    {
        var trimmed = given?.Trim();
        if (trimmed is not null && IsPlain(trimmed))
        {
            return new AddressText(trimmed, trimmed, null);
        }

        if (string.IsNullOrEmpty(trimmed) || Clean(trimmed!) is not { Length: > 0 } text)
        {
            return null;
        }

        var parts = Split(text);
        var addresses = parts.Where(part => part.Contains('@')).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (addresses.Length == 1 && parts.Count == addresses.Length && ProblemWith(addresses[0]) is null)
        {
            return new AddressText(trimmed!, addresses[0], null);
        }

        return new AddressText(trimmed!, trimmed!, Describe(trimmed!, text, parts, addresses));
    }

    /// <summary>Reads all addresses that stand in a cell, whatever else does.</summary>
    public static IEnumerable<string> ReadAll(string given) =>
        Read(given) is not { } read ? []
        : read.Problem is null ? [read.Address]
        : Split(Clean(given)).Where(part => part.Contains('@'));

    private static string Describe(string given, string text, List<string> parts, string[] addresses)
    {
        var shown = $"'{Unseen.Show(given)}'";
        if (s_none.Contains(text) || text[0] == '#')
        {
            return $"{shown} stands in place of an address. Leave such rows out, or give them one.";
        }

        if (addresses.Length == 0)
        {
            return $"{shown} is not one e-mail address: it has no @.";
        }

        return addresses.Length > 1 && addresses.All(address => ProblemWith(address) is null)
            ? $"{shown} is not one e-mail address, but {addresses.Length}: "
                + $"{Words.List(addresses.Take(3).Select(address => $"'{Unseen.Show(address)}'"))}. "
                + "A row is for one person: keep one of them, or make a row of each."
            : $"{shown} is not one e-mail address: "
                + (addresses.Length == 1 && parts.Count == 1
                    ? ProblemWith(addresses[0])
                    : "it has other text around it.");
    }

    // What is wrong with one address, as it goes on after a colon.
    private static string? ProblemWith(string address)
    {
        var at = address.IndexOf('@');
        if (at != address.LastIndexOf('@'))
        {
            return "it has more than one @.";
        }

        if (at == 0 || at == address.Length - 1)
        {
            return at == 0 ? "there is nothing before the @." : "there is nothing after the @.";
        }

        var domain = address.Substring(at + 1);
        var odd = address.FirstOrDefault(letter => char.IsWhiteSpace(letter)
            || char.IsControl(letter)
            || letter is ',' or ';' or '<' or '>' or ':' or '"' or '(' or ')' or '[' or ']' or '\\' or '\uFFFD'
            || (letter is '/' or '|' && domain.Contains(letter)));
        if (odd != default)
        {
            return $"'{Unseen.Show(odd.ToString())}' cannot be part of it.";
        }

        if (address.Contains("**") || address.Contains('\u2022'))
        {
            return "a part of it was made unreadable.";
        }

        return !domain.Contains('.') ? $"'{domain}' is no domain such as example.com."
            : address.Contains("..") || domain[0] == '.' || address[0] == '.' || address[at - 1] == '.'
                ? "a full stop is where an address cannot have one."
            : null;
    }

    // Takes away what cannot be seen, and brings full-width forms, which Asian keyboards give, to ASCII.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is >= '\uFF01' and <= '\uFF5E')
            {
                clean.Append((char)(letter - 0xFEE0));
            }
            else if (letter == '\u3002')
            {
                clean.Append('.');
            }
            else if (char.IsWhiteSpace(letter))
            {
                clean.Append(' ');
            }
            else if (!Unseen.IsInvisible(letter))
            {
                clean.Append(letter);
            }
        }

        return clean.ToString().Trim();
    }

    // The parts that each may be an address: of a list, or the one in angle brackets after a name.
    private static List<string> Split(string text)
    {
        var bracketed = new List<string>();
        for (var from = 0;
            text.IndexOf('<', from) is >= 0 and var open && text.IndexOf('>', open) is >= 0 and var close;
            from = close + 1)
        {
            bracketed.Add(Strip(text.Substring(open + 1, close - open - 1)));

            // What comes before the bracket is a name, unless there is an address in it: that may be another one.
            bracketed.AddRange(Parts(text.Substring(from, open - from)).Where(part => part.Contains('@')));
        }

        if (bracketed.Count > 0)
        {
            bracketed.AddRange(Parts(text.Substring(text.LastIndexOf('>') + 1)));
            return [.. bracketed.Where(part => part.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
        }

        return [.. Parts(text).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // "ada@example,com" is one address with a slip, not two of them.
    private static string[] Parts(string text)
    {
        var parts = text.Split([' ', ',', ';', '/', '|'], StringSplitOptions.RemoveEmptyEntries).Select(Strip)
            .Where(part => part.Length > 0).ToArray();
        return parts.Length > 1 && parts.All(part => part.Contains('@')) ? parts
            : Strip(text) is { Length: > 0 } whole ? [whole]
            : [];
    }

    private static string Strip(string text)
    {
        string before;
        do
        {
            before = text;
            text = text.Trim().Trim(Around.ToCharArray()).TrimEnd(AtTheEnd.ToCharArray());
            if (text.StartsWith(Mailto, StringComparison.OrdinalIgnoreCase))
            {
                text = text.Substring(Mailto.Length).Split('?')[0];
            }
        }
        while (text != before);
        return text;
    }

    // The common form: letters, digits and some signs, one @, and a full stop after it.
    private static bool IsPlain(string text)
    {
        var at = text.IndexOf('@');
        var dot = text.LastIndexOf('.');
        if (at <= 0 || dot < at + 2 || dot == text.Length - 1)
        {
            return false;
        }

        for (var index = 0; index < text.Length; index++)
        {
            if (
                index != at
                    && text[index] is not (
                        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-' or '+')
                            && !(text[index] == '.'
                                && index > 0
                                && index != at - 1
                                && index != at + 1
                                && text[index - 1] != '.'))
            {
                return false;
            }
        }

        return true;
    }
}
