namespace WixInbox.Sandbox;

/// <summary>Which texts stand for someone where no contacts were given.</summary>
internal static class EmailAddress
{
    /// <summary>
    /// True for what looks like an address: something before one @, and a domain of at least two labels after it.
    /// Domains under <c>.invalid</c>, the name that RFC 2606 sets aside for this, have nobody, so that a file can be
    /// rehearsed with addresses that are not found.
    /// </summary>
    public static bool HasSomeone(string text)
    {
        var at = text.IndexOf('@');
        if (at < 1
            || at != text.LastIndexOf('@')
            || text.Any(char.IsWhiteSpace)
            || ValueRules.Length(text) > FieldLimits.Email)
        {
            return false;
        }

        var labels = text.Substring(at + 1).Split('.');
        return labels.Length > 1
            && !labels.Contains(string.Empty)
            && !string.Equals(labels[labels.Length - 1], "invalid", StringComparison.OrdinalIgnoreCase);
    }
}
