namespace WixInbox.Validation;

/// <summary>The kinds of rule that the API's fields have, and the violations found so far.</summary>
/// <remarks>
/// A size is counted in Unicode code points. Wix does not document its unit; this is the one that refuses nothing which
/// the server might take.
/// </remarks>
internal sealed class FieldRules
{
    private const int LongestEmail = 320;

    private readonly List<FieldViolation> _violations = [];

    public IReadOnlyList<FieldViolation> Violations => _violations;

    /// <summary>Counts the Unicode code points of a text.</summary>
    public static int CountCharacters(string text)
    {
        var pairs = 0;
        for (var index = 1; index < text.Length; index++)
        {
            if (char.IsSurrogatePair(text[index - 1], text[index]))
            {
                pairs++;
                index++;
            }
        }

        return text.Length - pairs;
    }

    /// <summary>
    /// Tells whether a text is a GUID in the form of the wire. .NET's own parser also takes blanks around it and signs
    /// in it.
    /// </summary>
    public static bool IsGuid(string? text) =>
        System.Guid.TryParseExact(text, "D", out var guid)
        && string.Equals(guid.ToString("D"), text, StringComparison.OrdinalIgnoreCase);

    public void Add(string field, string rule, string description, int? limit = null, int? size = null) =>
        _violations.Add(new FieldViolation(field, rule, description, limit, size));

    /// <summary>A text that may be absent, and of any length.</summary>
    public void Text(string field, string? value)
    {
        if (value is not null && HasLoneSurrogate(value))
        {
            Add(
                field,
                RuleNames.TextNotUnicode,
                "The text has half of a character that takes two UTF-16 units. "
                    + "It was cut in the middle of that character.");
        }
    }

    /// <summary>A text that may be absent, but not too long.</summary>
    public void Text(string field, string? value, string tooLong, int maximum)
    {
        Length(field, value, tooLong, maximum);
        Text(field, value);
    }

    /// <summary>A text that has to be there and not empty.</summary>
    public void RequiredText(string field, string? value, string missing, string tooLong, int maximum)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add(field, missing, "A text of at least one character is needed.", 1, 0);
        }
        else
        {
            Text(field, value, tooLong, maximum);
        }
    }

    /// <summary>A text that may be absent, but not empty where it is given.</summary>
    public void NonEmptyText(string field, string? value, string missing, string tooLong, int maximum)
    {
        if (value is not null)
        {
            RequiredText(field, value, missing, tooLong, maximum);
        }
    }

    /// <summary>What Wix calls a WEB_URL: an absolute http or https address.</summary>
    public void WebUrl(string field, string? value, string invalid)
    {
        Text(field, value);
        if (value is not null
            && (!Uri.TryCreate(value, UriKind.Absolute, out var address)
                || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)))
        {
            Add(field, invalid, $"'{Shorten(value)}' is not an absolute address that starts with https:// or http://.");
        }
    }

    /// <summary>A WEB_URL that may not be too long.</summary>
    public void WebUrl(string field, string? value, string invalid, string tooLong, int maximum)
    {
        Length(field, value, tooLong, maximum);
        WebUrl(field, value, invalid);
    }

    /// <summary>A GUID that has to be there.</summary>
    public void Guid(string field, string? value, string invalid)
    {
        if (!IsGuid(value))
        {
            Add(field, invalid, $"'{Shorten(value)}' is not a GUID such as 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c.");
        }
    }

    /// <summary>
    /// An address as contacts have it: what comes before and after one @, at most 320 characters. Whether it exists is
    /// for Wix to say.
    /// </summary>
    public void Email(string field, string value)
    {
        var at = value.IndexOf('@');
        if (value.Length > LongestEmail
            || at <= 0
            || at != value.LastIndexOf('@')
            || at == value.Length - 1
            || value.Any(
                letter => char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is ',' or ';' or '<' or '>'))
        {
            Add(field, RuleNames.EmailInvalid, $"'{Shorten(value)}' is not one e-mail address.");
        }
    }

    /// <summary>The id of a conversation, which has to be there.</summary>
    public void ConversationId(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            Add("conversationId", RuleNames.ConversationIdMissing, "The id of a conversation is needed.");
        }
        else
        {
            Guid("conversationId", value, RuleNames.ConversationIdInvalid);
        }
    }

    /// <summary>A list of so many elements at most.</summary>
    public void Count(string field, int count, string tooMany, int maximum)
    {
        if (count > maximum)
        {
            Add(
                field,
                tooMany,
                FormattableString.Invariant($"{count:N0} given, and the limit is {maximum:N0}."),
                maximum,
                count);
        }
    }

    /// <summary>A list without gaps: the API's parser takes no null in one.</summary>
    public void NoGaps<T>(string field, T?[] items)
        where T : class
    {
        for (var index = 0; index < items.Length; index++)
        {
            if (items[index] is null)
            {
                Add($"{field}[{index}]", RuleNames.ItemMissing, "An element of the list is empty.");
            }
        }
    }

    /// <summary>A width or a height that may be absent: any number of pixels.</summary>
    public void Finite(string field, double? value, string invalid)
    {
        if (value is { } number && (double.IsNaN(number) || double.IsInfinity(number) || number < 0))
        {
            Add(field, invalid, "A number of pixels is needed: zero or more, and finite.");
        }
    }

    private void Length(string field, string? value, string tooLong, int maximum)
    {
        if (value is not null && CountCharacters(value) is var length && length > maximum)
        {
            Add(
                field,
                tooLong,
                FormattableString.Invariant($"{length:N0} characters, and the limit is {maximum:N0}."),
                maximum,
                length);
        }
    }

    // An error shows a long value in part: a column may hold a page of text.
    private static string Shorten(string? value) =>
        value is null ? string.Empty : value.Length <= 60 ? value : TextCut.AtElement(value, 60) + "…";

    private static bool HasLoneSurrogate(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
            }
            else if (char.IsSurrogate(text[index]))
            {
                return true;
            }
        }

        return false;
    }
}
