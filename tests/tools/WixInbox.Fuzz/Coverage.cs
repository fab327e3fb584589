using System.Numerics;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace WixInbox.Fuzz;

/// <summary>Which branches were taken after which others, and how often, as AFL counts them.</summary>
/// <remarks>The map lasts as long as the process: threads that are still at work may write to it.</remarks>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(Size);
    private readonly byte[] _seen = new byte[Size];

    public Coverage() => Trace.SharedMem = _map;

    /// <summary>Gets how many pairs of branches were seen.</summary>
    public int Count { get; private set; }

    /// <summary>Forgets the last input.</summary>
    public void Begin()
    {
        new Span<byte>(_map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Tells whether the input went where none before it has been, or went there more often.</summary>
    public bool End()
    {
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(_map, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            for (var index = word * sizeof(ulong); words[word] != 0 && index < (word + 1) * sizeof(ulong); index++)
            {
                // Once, twice, up to 4, 8 times and so on: each power of two is a bit of its own.
                var often = _map[index] == 0 ? 0 : 1 << BitOperations.Log2(_map[index]);
                if ((often & ~_seen[index]) != 0)
                {
                    Count += _seen[index] == 0 ? 1 : 0;
                    _seen[index] |= (byte)often;
                    isNew = true;
                }
            }
        }

        return isNew;
    }
}
