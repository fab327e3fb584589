using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Finds gaps in the texts that a script block gives: where a column that it reads is empty, or a value that it looks
/// up is missing.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="block">The block.</param>
internal sealed class TextGaps(MessageCommand cmdlet, RowBlock block)
{
    /// <summary>Delimiters with nothing between them.</summary>
    public static readonly string[] EmptyPairs = ["()", "[]", "''", "\"\"", "„“", "“”", "«»"];

    private const int MostColumns = 3;
    private const int MostWords = 5;

    // Words that a name follows. French has a blank of its own before a mark: Bonjour !
    private static readonly string[] s_greetings =
        ["Hi", "Hello", "Hey", "Dear", "Hallo", "Liebe", "Lieber", "Hola", "Olá"];

    // Signs with nothing after them.
    private static readonly Regex s_bare = new(
        @"((?<=^|[\s(])#|(?<=\w)=|(?<!\d\s?)[€£$])(?=[\s.,;!?)]|$)", RegexOptions.CultureInvariant);

    // What follows a name in Chinese, Japanese and Korean, and goes before it, where no blank is: "様、", "님,",
    // "亲爱的，".
    private static readonly Regex s_nameless = new(
        @"(?<=^|[\n。！？!?]\s*)(様|さま|さん|님|씨|先生|女士|小姐)(?=[\s、，。,!！：:]|$)"
            + "|(亲爱的|親愛的|尊敬的)(?=[，,：:！!])",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_blanks = new(@"[^\S\r\n]{2}", RegexOptions.CultureInvariant);

    // What stays of a string around a column that gave nothing: "Order  is", "Your plan is ", "?id=", "/.png".
    private static readonly Regex s_emptied = new(
        @"(?<=\p{L}) {2}(?=\p{L})|(?<=[\p{L},:;]) \z|[?&]\w+=(?=[&\s.,;!?)]|\z)|(?<=\w)//(?=\w)"
            + @"|/(?=\.\w{2,5}([?#\s]|\z))",
        RegexOptions.CultureInvariant);

    // And before a mark, where no language has a blank: "Welcome back, !", "Thanks !", "¡Hola !", "See you on !". Two
    // blanks are one too many in French as well. A colon may stand in a column of its own.
    private static readonly Regex s_beforeMark = new(
        @"(?<=\p{L},) (?=[!?](\s|[!?]|\z))"
            + @"|(?<=\p{L}) {2,}(?=[!?](\s|[!?]|\z))"
            + @"|(?<=¡[^!¡\r\n]*) (?=!)|(?<=¿[^?¿\r\n]*) (?=\?)"
            + @"|(?<=(^|[\r\n.!?]\s*)(many thanks|thanks|thank you|welcome|welcome back|congratulations|happy birthday"
            + "|good (morning|afternoon|evening|day)|danke|vielen dank|willkommen|guten (tag|morgen|abend)|gracias"
            + @"|bienvenid[oa]|grazie|benvenut[oa]|bedankt|welkom|obrigad[oa])) (?=[!?](\s|[!?]|\z))"
            + @"|(?<=\s(on|at|in|of|to|from|with|until|by|and|the|your|is|are|am|um|für|von|mit|zum|zur|und|der|das|ist"
            + @"|voor|het|el|los)) (?=[!?](\s|[!?]|\z))(?<!\b(come|go|hold|hang|rock) on )",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    // A number sign with no number, brackets and quotes with nothing in them. "Reply with your order # and name", "the
    // # key" and "your order # is on the receipt" are meant so.
    private static readonly Regex s_bareInTyped = new(
        @"(?<=\b(order|invoice|ticket|booking|reservation|reference|ref|case|room|table|bestellung|auftrag|rechnung"
            + "|buchung|commande|facture|réservation|pedido|factura|reserva|ordine|fattura|bestelling)) #"
            + @"(?=\s(is|was|has|will|ist|wurde|wird|est|a|sera|está|ha|è|fue)\s(?!(on|in|at|below|printed|shown|the|"
            + @"your|auf|in|unten|sur|en|su)\b|\d))"
            + @"|(?<=\b(no|nr|n°|nº)\.?) {2}(?=\p{Ll})"
            + "|(?<=\\p{L}\\p{L}) (\\(\\)|''|\"\"|„“|“”|«»)(?=[\\s.,;:!?]|\\z)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly Regex s_endOfPath =
        new(@"\w/(?=[\s.,;!?)]|$)", RegexOptions.CultureInvariant);

    private readonly string _where = block.Parameter is "Text" or "Title" ? "the text" : "-" + block.Parameter;
    private readonly RowTally[] _gaps = [.. block.Columns.Select(column => new RowTally(column))];

    // The columns that stand at the end of a path: https://example.com/tickets/$($_.Code)
    private readonly HashSet<string> _inPaths =
    [
        .. block.Columns.Where(column => Regex.IsMatch(
            block.Source,
            "/" + Reading(column) + @"'?\)",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)),
    ];

    // The columns that stand alone behind a greeting that another word can follow: Hi $($_.Name),
    private readonly HashSet<string> _greeted =
    [
        .. block.Columns.Where(column => Regex.IsMatch(
            block.Source,
            @"(?<=\W|`[rn])(Hi|Hello|Hey)\s+" + Reading(column) + @"(?!\w)[^$\r\n]*?\)(?!\)|\s*\$)",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)),
    ];

    // The columns that have had nothing but blanks, for which an if is true.
    private readonly HashSet<string> _blank = [];

    // The columns that have had a number, and not a text, of which PowerShell writes the first digits.
    private readonly HashSet<string> _numbers = [];

    private readonly CountedWarning _withGap = new(cmdlet, "column");
    private readonly CountedWarning _otherGaps = new(cmdlet, "text");
    private readonly CountedWarning _withNothing = new(cmdlet, "nothing");

    /// <summary>
    /// Tells whether a text has a gap, such as that of "Hi , your order is ready.": a blank or a mark at the beginning,
    /// a blank before a mark or beside another, a word or a comma with a blank at the end of a line, or a number sign,
    /// an equals sign, brackets or quotes with nothing in them. A blank after a sentence, such as that before a note
    /// that most rows have not, is seen by nobody.
    /// </summary>
    public static bool HasGap(string text)
    {
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || IsMark(text[0])))
        {
            return true;
        }

        for (var blank = text.IndexOf(' '); blank > 0; blank = text.IndexOf(' ', blank + 1))
        {
            var before = text[blank - 1];
            var after = blank + 1 < text.Length ? text[blank + 1] : '\n';
            if (before == ' '
                || IsMark(after)
                || (after is '\r' or '\n' && (char.IsLetterOrDigit(before) || before is ',' or ';' or ':')))
            {
                return true;
            }
        }

        return Array.Exists(EmptyPairs, text.Contains) || s_bare.IsMatch(text) || s_nameless.IsMatch(text);
    }

    /// <summary>Tells whether a text shows that there was nothing in a column.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nothing">What stood in the column: an empty text, or a word such as NULL.</param>
    public static bool HasGap(string text, string nothing)
    {
        if (nothing.Length == 0)
        {
            return HasGap(text);
        }

        if (EmptyText.IsZeroDate(nothing) && EmptyText.HasFirstDay(text))
        {
            return true;
        }

        for (var at = text.IndexOf(nothing, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(nothing, at + 1, StringComparison.Ordinal))
        {
            var end = at + nothing.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Finds a gap in a text where no column is known to be empty. Spacing that is usual in some texts is not a gap:
    /// "Bonjour !", "Mon  9:00", ".NET".
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>Where the gap is; a negative number if there is none.</returns>
    public static int FindTyped(string text)
    {
        if (text.Length > 1 && IsMark(text[0]) && text[1] == ' ')
        {
            return 0;
        }

        for (var blank = text.IndexOf(' '); blank >= 0; blank = text.IndexOf(' ', blank + 1))
        {
            var after = blank + 1 < text.Length ? text[blank + 1] : '\n';
            var next = blank + 2 < text.Length ? text[blank + 2] : '\n';
            if ((after is ',' or '.' && char.IsWhiteSpace(next))
                || ((char.IsWhiteSpace(after) || IsMark(after)) && IsGreeting(text, blank)))
            {
                return blank;
            }
        }

        return -1;
    }

    /// <summary>
    /// Finds a gap in a string that is the same for all rows, where a column should have been. Two blanks after a
    /// sentence are a habit.
    /// </summary>
    /// <param name="text">The text, or the address.</param>
    /// <returns>Where the gap is; a negative number if there is none.</returns>
    public static int FindEmptied(string text) =>
        FindTyped(text) is >= 0 and var at ? at
        : new[] { s_emptied, s_beforeMark, s_bareInTyped }
            .Select(gap => gap.Match(text))
            .FirstOrDefault(gap => gap.Success)?.Index ?? -1;

    /// <summary>Takes the texts of a row, before it is sent.</summary>
    public void Add(Row row)
    {
        var texts = RowTexts.Of(row, block.Parameter);
        if (Array.TrueForAll(texts, string.IsNullOrWhiteSpace))
        {
            // Without a file, the row has nothing to send: an error of its own.
            if (block.Parameter == "Text" && FileWarnings.HasFile(row))
            {
                _withNothing.Add(
                    row, () => "the block of -Text gives nothing, and what is sent is the picture or the file alone.");
            }

            return;
        }

        if (HasGap(row, texts))
        {
            _withGap.Add(row, DescribeFirst);
        }
        else if (row.Recipient is not null && Array.Exists(texts, text => HasOtherGap(row, text)))
        {
            _otherGaps.Add(row, () => DescribeOther(row));
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    public void Warn()
    {
        if (_withNothing.IsDue)
        {
            cmdlet.WriteWarning(
                $"The block of -Text gives nothing in {_withNothing.Rows.Describe()}, which have a picture or a file "
                    + "alone.");
        }

        if (_otherGaps.IsDue)
        {
            cmdlet.WriteWarning(
                $"{Words.Capitalize(_where)} has a gap in it in {_otherGaps.Rows.Describe()}, where no column is "
                    + "empty.");
        }

        if (_withGap.IsDue)
        {
            RowTally[] gaps = [.. _gaps.Where(gap => gap.Count > 0)];
            cmdlet.WriteWarning(
                $"{Describe(gaps)}: {_where} has a gap there. {Advice(gaps)}"
                    + (cmdlet is TestWixInboxMessageCommand
                        ? string.Empty
                        : " Test-WixInboxMessage -Summary finds such rows before a run."));
        }
    }

    // What a block has in a string where it reads a column, up to the end of the name.
    private static string Reading(string column) =>
        @"\$\(\$(_|PSItem)\.'?" + Regex.Escape(CodeGeneration.EscapeSingleQuotedStringContent(column));

    private string DescribeFirst()
    {
        RowTally[] gaps = [.. _gaps.Where(gap => gap.Count > 0)];
        var found = gaps.GroupBy(gap => gap.Example).Select(alike =>
            $"{Words.List(alike.Select(gap => gap.Name))} {(alike.Count() > 1 ? "are" : "is")} "
                + (alike.Key is { } nothing
                    ? $"{EmptyText.Show(nothing)}, which goes into {_where}"
                    : $"empty, which leaves a gap in {_where}"));
        return $"{string.Join("; ", found)}. {Advice(gaps)}";
    }

    // A value that the block looks up, in a hashtable for example, is missing.
    private string DescribeOther(Row row)
    {
        var padded = block.Columns.FirstOrDefault(
            column => Array.IndexOf(row.Shape.Nested, column) < 0
                && row.TextIn(column) is { } value
                && value.Length > 0
                && value != value.Trim());
        return $"{_where} has a gap in it, and "
            + (padded is null
                ? $"no column that the block of -{block.Parameter} reads is empty."
                : $"column {padded} has a blank at an end. Without it: $({ColumnExpression.For(padded)}.Trim()).");
    }

    // A blank too many may be a cell's own, or the block's.
    private bool HasOtherGap(Row row, string text) =>
        block.OpenTexts.Any(open => open.IsIn(text)) || (s_blanks.IsMatch(text.Trim())
            ? !s_blanks.IsMatch(block.Source)
                && row.Shape.Columns.All(column =>
                    row.TextIn(column) is not { } value || (value == value.Trim() && !s_blanks.IsMatch(value)))
            : FindTyped(text) >= 0);

    private bool HasGap(Row row, string[] texts)
    {
        var hasGap = false;
        foreach (var gap in _gaps)
        {
            if (row.NothingIn(gap.Name) is { } nothing
                && Array.Exists(texts, text => HasGap(text, nothing)
                    || (nothing.Length == 0 && block.OpenTexts.Any(open =>
                        open.Columns.Contains(gap.Name, StringComparer.OrdinalIgnoreCase) && open.IsIn(text)))
                    || (_inPaths.Contains(gap.Name) && s_endOfPath.IsMatch(text))))
            {
                gap.Add(row.Number ?? 1, nothing.Length == 0 ? null : nothing);
                if (nothing.Length == 0 && !string.IsNullOrEmpty(row.TextIn(gap.Name)))
                {
                    _blank.Add(gap.Name);
                }
                else if (EmptyText.IsCut(nothing) && row.TryRead(gap.Name, out var value)
                    && RowValues.Unwrap(value) is not string)
                {
                    _numbers.Add(gap.Name);
                }

                hasGap = true;
            }
            else if (row.TextIn(gap.Name) is { } name
                && (EmptyText.IsNoName(name) || IsHeading(name, gap.Name))
                && Array.Exists(texts, text => IsGreeted(text, name.Trim())))
            {
                gap.Add(row.Number ?? 1, name.Trim());
                hasGap = true;
            }
        }

        return hasGap;
    }

    // A line of headings in the midst of a file. A column A may have an A.
    private static bool IsHeading(string name, string column) =>
        name.Length > 3 && ColumnNames.IsNameIn(name, 0, name.Length, column);

    private static bool IsGreeted(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var end = at + name.Length;
            if (at > 0
                && text[at - 1] == ' '
                && IsGreeting(text, at - 1)
                && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    // The blank is the first one of its line.
    private static bool IsGreeting(string text, int blank)
    {
        var start = text.LastIndexOf('\n', blank) + 1;
        foreach (var greeting in s_greetings)
        {
            if (blank - start == greeting.Length
                && string.Compare(text, start, greeting, 0, greeting.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return true;
            }
        }

        return false;
    }

    // Which of several empty columns has left the gap is not known: each is named, in its order in the block.
    private static string Describe(RowTally[] gaps)
    {
        List<string> named = [.. gaps.Take(MostColumns).Select(gap => $"{gap.Name} in {gap.Describe()}")];
        named[0] = $"{gaps[0].Name} is {NothingOf(gaps[0])} in {gaps[0].Describe()}";
        if (gaps.Length > MostColumns)
        {
            named.Add(FormattableString.Invariant($"{gaps.Length - MostColumns} more in some"));
        }

        return Words.List(named);
    }

    // The examples of a column are the words that stood there for nothing.
    private static string NothingOf(RowTally gap) =>
        Words.List(
            [
                "empty",
                .. gap.Examples.Take(MostWords).Select(EmptyText.Show),
                .. gap.Examples.Count > MostWords ? ["another such word"] : Array.Empty<string>(),
            ],
            "or");

    // It stands in double quotes, where a quote in single ones would end the text: no mark is compared with.
    private string Advice(RowTally[] gaps)
    {
        // What is read in the column: $_.name.first
        var path = block.Written.FirstOrDefault(
            one => string.Equals(one[0], gaps[0].Name, StringComparison.OrdinalIgnoreCase)) ?? [gaps[0].Name];
        var column = ColumnExpression.For(path);
        if (gaps[0].Example is { } example && EmptyText.IsCut(example))
        {
            var advice = _numbers.Contains(gaps[0].Name)
                ? $"A number that is no text is written so: $({column}.ToString('0')) has all digits."
                : "Excel shows a long number so, and saves it without its last digits: format the column as a number "
                    + "without decimals, or as text, and save the file anew.";
            return gaps.Length == 1 ? advice : $"{advice} {Advice([.. gaps.Skip(1)])}";
        }

        string[] words =
        [
            .. gaps[0].Examples.Where(word => word.Any(char.IsLetterOrDigit))
                .Select(word => $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'"),
        ];
        var isFilled = gaps[0].Example is null && !_blank.Contains(gaps[0].Name) ? column
            : $"{column} -match '\\w'" + (words.Length == 0 ? "" : $" -and {column} -notin {string.Join(", ", words)}");
        var it = gaps.Length > 1 ? "the first" : "it";
        return _greeted.Contains(gaps[0].Name)
            ? $"To fill {it}: $(if ({isFilled}) {{ {column} }} else {{ 'there' }})."
            : $"To fill {it}, with your words for …: $(if ({isFilled}) {{ {column} }} else {{ '…' }}).";
    }

    private static bool IsMark(char letter) => letter is ',' or '.' or ';' or ':' or '!' or '?';
}
