using System.Text.RegularExpressions;

namespace WixInbox.Rows;

/// <summary>
/// The columns by which somebody has died, known by their names: those that say it of the row's person, and those that
/// may say it of that person or of another.
/// </summary>
internal static class DeathColumns
{
    // Whose death it is, as tables and exports put it in front: "CnBio_Deceased", "Primary Contact Is Deceased". Not
    // that of a patient, who may be a pet, nor of a spouse or a parent.
    private const string Whose = "((primary|main)?(cnbio|contact|donor|constituent|individual|person|people|member"
        + "|supporter|customer|client|user|subscriber|recipient|guest|lead|account|kontakt|kunde|kundin|mitglied"
        + "|spender(in)?|gast|membre|donateur|invité|cliente|contacto|persona|socio|donante|contatto|ospite|donatore"
        + "|klant|relatie|lid|persoon|contato|pessoa|doador|sócio)s?(is|has|ist|est|è|es|é)?"
        + "|mark(ed)?(as)?)?";

    private const string Died = "(deceased|passedaway|died|dead|verstorben|gestorben|d[ée]c[ée]d[ée]e?|défunte?"
        + "|fallecid[oa]|difunt[oa]|decedut[oa]|defunt[oa]|overleden|falecid[oa])";

    private const string Death = "(death|decease|d[ée]c[eè]s|fallecimiento|defunci[óo]n|decesso|morte|overlijden"
        + "|falecimento|[óo]bito)";

    private static readonly Regex s_deaths = Whole(
        $"{Whose}{Died}(flag|indicator|ind|status|yn|yesno|jn|janein|on)?", "d[ée]c[eè]s", "fallecimiento",
        "defunci[óo]n", "decesso", "overlijden", "falecimento", "[óo]bito");

    private static readonly Regex s_dates = Whole(
        $"{Whose}{Died}(date|on|year|since|at|am|seit|im|le|el|il|op|sinds|em|depuis|desde|dal)",
        $"{Whose}(date|year|day|time)(of)?({Died}|{Death})", $"{Whose}{Death}(date|year|day|datum)",
        $"{Whose}(sterbe|todes)(datum|tag|jahr|zeitpunkt)", $"{Whose}(date|ann[ée]e|jour)(d[eu])?{Death}",
        $"{Whose}(fecha|a[ñn]o)(del?)?{Death}", $"{Whose}(data|anno|ano)(d[ieo]|del|della)?{Death}",
        $"{Whose}(datum|jaar)(van)?{Death}", $"{Whose}overlijdens(datum|jaar)");

    // What is said there in words: "Alive", "Dead".
    private static readonly Regex s_lives = Whole("(vital|life|living)status", "lebensstatus");

    // The same words, whatever stands beside them: "Guardian 1 Deceased", "Deceased / Closed". The short ones begin and
    // end much else.
    private static readonly Regex s_words = new(
        "deceased|passedaway|verstorben|gestorben|d[ée]c[ée]d[ée]|fallecid|decedut|overleden|falecid"
            + "|(date|year)of(death|decease)|deathdate|dateofpassing|(sterbe|todes)(datum|tag|jahr)"
            + "|dated[eu]?d[ée]c[eè]s|overlijdensdatum",
        RegexOptions.CultureInvariant);

    // Of whom the row's person is left, and what the dead have beside their death: a name, a birthday, a memory.
    private static readonly Regex s_ofOther = new(
        "spouse|husband|wife|partner|relative|relation|famil|child|(?<!per)son(?!ne)|daughter|pet|friend|ehe(mann|frau)"
            + "|angehörig|conjoint|époux|épouse|mari(?!é)|cónyuge|esposo|esposa|coniuge|marito|moglie"
            + "|echtgeno|cônjuge"
            + "|name|nom(?!m)|nombre|naam|nome|estate"
            + "|age|alter|birth|dob|born|gebor|geburt|naissance|nacimiento|nascita|nasciment"
            + "|memor|tribute|honou?r|gedenk|andenken|hommage|address|plot|grave|cause",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_memories = new(
        "memor|(?<!at|con|dis)tribute|dedicat(ion|edto)|honou?r(ee|of|$)|gedenk|andenken|hommage|homenaje"
            + "|omaggio|ricordo|nagedachtenis|homenagem"
            + "|(deceased|dead)s?['’]?s?(full|first|last)?name|nameof(the)?deceased",
        RegexOptions.CultureInvariant);

    private static readonly Regex s_year = new(@"^\s*(19|20)\d\d(\.0)?\s*$", RegexOptions.CultureInvariant);

    /// <summary>Finds out whether a column tells that the row's person has died, and how.</summary>
    /// <param name="name">The name of the column by its letters and digits alone.</param>
    public static OptOutMeaning? Find(string name) =>
        s_deaths.IsMatch(name) ? OptOutMeaning.Death
        : s_dates.IsMatch(name) ? OptOutMeaning.Filled
        : s_lives.IsMatch(name) ? OptOutMeaning.LifeStatus
        : null;

    /// <summary>Tells whether a column, which is none of these, may tell of such a death.</summary>
    /// <param name="name">The name of the column, as <see cref="ColumnNames.Normalize"/> gives it.</param>
    public static bool MaySay(string name) => s_words.IsMatch(name) && !s_ofOther.IsMatch(name);

    /// <summary>
    /// Tells whether a column has whom somebody remembers: a death there is none of the row's person.
    /// </summary>
    public static bool IsOfMemory(string column) => s_memories.IsMatch(ColumnNames.Normalize(column));

    /// <summary>Tells whether a cell says that somebody has died, by a yes, a date or a word.</summary>
    public static bool IsDeath(string value) =>
        OptOutCells.IsOptOut(OptOutMeaning.Death, value) == true || s_year.IsMatch(value);

    private static Regex Whole(params string[] names) => new(
        "^(is|has)?(" + string.Join("|", names) + ")$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);
}
