using System.Text.RegularExpressions;

namespace WixInbox.Http;

/// <summary>
/// Takes the secrets that a request carried out of what its server says. A server may repeat in an error's text the token, the key or the upload's address that
/// it does not accept; whoever reads the error, or the journal, must not find it there.
/// </summary>
/// <param name="reveal">Gets the secrets, in the clear: not before there is something to take them out of.</param>
internal sealed class Redactor(Func<string[]> reveal)
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mark = "[secret]";

    // A server may repeat a part of a secret: the payload of a JSON Web Token, or one segment of an address. Shorter parts are words such as "upload".
    private const int ShortestPart = 16;

    private static readonly char[] s_ofAnAddress = ['/', '?', '&', '='];

    private Regex? _pattern;

    /// <summary>Takes the secrets out of a text, in upper and lower case alike, whole or in part, as they are or escaped as in an address.</summary>
    public string Clean(string text) => IsNumber(text) ? text : Pattern.Replace(text, Mark);

    /// <summary>Gets an exception without the secrets: the same one where it has none of them.</summary>
    /// <remarks>
    /// .NET's own exceptions quote what a server said where it is no HTTP, for example a broken status line. That of a connection that was closed here quotes nobody.
    /// </remarks>
    public Exception? Clean(Exception? exception) =>
        exception is null or ObjectDisposedException || !Pattern.IsMatch(exception.ToString()) ? exception : new HttpRequestException(Clean(exception.GetBaseException().Message));

    private Regex Pattern => _pattern ??= CreatePattern();

    // Each answer has an id like this, and no secret of Wix is one: so that an answer which says no more costs nothing.
    private static bool IsNumber(string text) => text.All(letter => letter is (>= '0' and <= '9') or '.' or '-');

    private Regex CreatePattern()
    {
        string[] secrets;
        try
        {
            secrets = reveal();
        }
        catch (ObjectDisposedException)
        {
            // The connection was closed meanwhile. A text that cannot be searched for its secret is not shown.
            return new Regex(".+", RegexOptions.Singleline);
        }

        string[] segments = [.. secrets.SelectMany(secret => secret.Split(s_ofAnAddress))];
        var parts = segments.Concat(segments.SelectMany(segment => segment.Split('.'))).Where(part => part.Length >= ShortestPart);
        var forms = secrets.Concat(parts).SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret), Uri.UnescapeDataString(secret) });

        // The longest first, since a regular expression takes the first alternative that matches. Without a secret, nothing matches.
        string[] longestFirst = [.. forms.Where(form => form.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(form => form.Length).Select(Regex.Escape)];
        return new Regex(longestFirst.Length > 0 ? string.Join("|", longestFirst) : "(?!)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }
}
