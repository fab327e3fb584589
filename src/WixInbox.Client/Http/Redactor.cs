using System.Text;

namespace WixInbox.Http;

/// <summary>
/// Takes the secrets that a request carried out of what its server says. A server may repeat in an error's text the
/// token, the key or the upload's address that it does not accept; whoever reads the error, or the journal, must not
/// find it there.
/// </summary>
/// <param name="reveal">Gets the secrets, in the clear: not before there is something to take them out of.</param>
internal sealed class Redactor(Func<string[]> reveal)
{
    /// <summary>The replacement for a secret.</summary>
    public const string Mark = "[secret]";

    // A server may repeat a part of a secret: the payload of a JSON Web Token, one segment of an address, the first
    // half. Shorter parts are words such as "upload".
    private const int ShortestPart = 16;

    private const uint Multiplier = 16777619;

    // The weight of the letter that leaves a window.
    private static readonly uint s_first = Power(ShortestPart - 1);

    private string[] _short = [];
    private State _state;

    // Made when they are asked for: of most answers, nothing is shown.
    private HashSet<uint> Hashes => field ??= [];

    private HashSet<string> Parts => field ??= new(StringComparer.Ordinal);

    private enum State
    {
        Unread,
        Ready,

        // The connection was closed meanwhile. A text that cannot be searched for its secret is not shown.
        Closed,
    }

    /// <summary>
    /// Takes the secrets out of a text, in upper and lower case alike, whole or in part: as they are, escaped as in an
    /// address, and in base64.
    /// </summary>
    public string Clean(string text)
    {
        if (text.Length == 0 || IsNumber(text))
        {
            return text;
        }

        Prepare();
        if (_state == State.Closed)
        {
            return Mark;
        }

        var cleaned = new StringBuilder();
        var from = 0;
        foreach (var (start, end) in Find(Fold(text)))
        {
            cleaned.Append(text, from, start - from).Append(Mark);
            from = end;
        }

        return from == 0 ? text : cleaned.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Gets an exception without the secrets: the same one where it has none of them.</summary>
    /// <remarks>
    /// .NET's own exceptions quote what a server said where it is no HTTP, for example a broken status line. That of a
    /// connection that was closed here quotes nobody.
    /// </remarks>
    public Exception? Clean(Exception? exception) =>
        exception is null or ObjectDisposedException || !HasSecret(exception.ToString())
            ? exception
            : new HttpRequestException(Clean(exception.GetBaseException().Message));

    private bool HasSecret(string text) => Clean(text) != text;

    // Each answer has an id like this, and no secret of Wix is one: so that an answer which says no more costs nothing.
    private static bool IsNumber(string text) => text.All(letter => letter is (>= '0' and <= '9') or '.' or '-');

    private static string Fold(string text) => text.ToUpperInvariant();

    private static uint Power(int exponent) =>
        exponent == 0 ? 1 : unchecked(Multiplier * Power(exponent - 1));

    private static IEnumerable<string> FormsOf(string secret)
    {
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return Uri.UnescapeDataString(secret);

        // Three bytes become four letters of base64. A text before the secret, such as a name or "Bearer", shifts them.
        // The first and the last letter may have bits of its neighbours, and are left out.
        for (var before = 0; before < 3; before++)
        {
            var bytes = Encoding.UTF8.GetBytes(new string(' ', before) + secret);
            var start = ((before * 8) + 5) / 6;
            var base64 = Convert.ToBase64String(bytes).Substring(start, (bytes.Length * 8 / 6) - start);
            if (base64.Length >= ShortestPart)
            {
                yield return base64;
                yield return base64.Replace('+', '-').Replace('/', '_');
            }
        }
    }

    private void Prepare()
    {
        if (_state != State.Unread)
        {
            return;
        }

        string[] secrets;
        try
        {
            secrets = reveal();
        }
        catch (ObjectDisposedException)
        {
            _state = State.Closed;
            return;
        }

        var given = secrets.Where(secret => secret.Length > 0);
        string[] forms = [.. given.SelectMany(FormsOf).Select(Fold).Distinct(StringComparer.Ordinal)];
        foreach (var form in forms)
        {
            foreach (var (at, hash) in Windows(form))
            {
                Hashes.Add(hash);
                Parts.Add(form.Substring(at, ShortestPart));
            }
        }

        _short = [.. forms.Where(form => form.Length < ShortestPart)];
        _state = State.Ready;
    }

    // The stretches that are parts of a secret, in their order, none of which touches another.
    private List<(int Start, int End)> Find(string text)
    {
        var found = new List<(int Start, int End)>();
        foreach (var (at, hash) in Windows(text))
        {
            if (Hashes.Contains(hash) && Parts.Contains(text.Substring(at, ShortestPart)))
            {
                found.Add((at, at + ShortestPart));
            }
        }

        foreach (var secret in _short)
        {
            for (var at = 0; (at = text.IndexOf(secret, at, StringComparison.Ordinal)) >= 0; at++)
            {
                found.Add((at, at + secret.Length));
            }
        }

        found.Sort();
        var merged = new List<(int Start, int End)>();
        foreach (var (start, end) in found)
        {
            var last = merged.Count - 1;
            if (last >= 0 && start <= merged[last].End)
            {
                merged[last] = (merged[last].Start, Math.Max(end, merged[last].End));
            }
            else
            {
                merged.Add((start, end));
            }
        }

        return merged;
    }

    // Each stretch of as many letters as the shortest part, with its hash, of which the next one's is made.
    private static IEnumerable<(int At, uint Hash)> Windows(string text)
    {
        var hash = 0u;
        for (var index = 0; index < text.Length; index++)
        {
            unchecked
            {
                var leaving = index < ShortestPart ? 0 : s_first * text[index - ShortestPart];
                hash = ((hash - leaving) * Multiplier) + text[index];
            }

            if (index >= ShortestPart - 1)
            {
                yield return (index - ShortestPart + 1, hash);
            }
        }
    }
}
