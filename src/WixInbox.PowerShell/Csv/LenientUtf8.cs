using System.Text;

namespace WixInbox.Csv;

/// <summary>
/// UTF-8 in which an invalid byte is read as a letter of Windows-1252: files to which several programs have written mix
/// the two.
/// </summary>
internal sealed class LenientUtf8 : UTF8Encoding
{
    private static readonly Encoding s_western = CsvEncoding.Get(1252);

    public override Decoder GetDecoder()
    {
        var decoder = base.GetDecoder();
        decoder.Fallback = new WesternFallback();
        return decoder;
    }

    private sealed class WesternFallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();
    }

    private sealed class Buffer : DecoderFallbackBuffer
    {
        private string _letters = string.Empty;
        private int _at;

        public override int Remaining => _letters.Length - _at;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            (_letters, _at) = (s_western.GetString(bytesUnknown), 0);
            return true;
        }

        public override char GetNextChar() => Remaining > 0 ? _letters[_at++] : '\0';

        public override bool MovePrevious()
        {
            if (_at == 0)
            {
                return false;
            }

            _at--;
            return true;
        }

        public override void Reset() => (_letters, _at) = (string.Empty, 0);
    }
}
