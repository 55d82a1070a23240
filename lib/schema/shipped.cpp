#include "schema/shipped.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "core/error.hpp"
#include "text/nearest.hpp"

namespace bradawl::schema {

namespace {

using namespace std::literals;

// sun.util.calendar.ZoneInfoFile and java.time.zone.TzdbZoneRulesProvider read it; java.time.zone.Ser has the rules.
constexpr const char* tzdb = R"(# A JDK's lib/tzdb.dat: the time zone rules of java.time.
epoch  = { hi:ubyte at:switch(hi){ 255->long else->ushort } }
offset = { q:byte s:int if q==127 }
rule   = { r:bits<uint>{ month:4 dom:6 dow:3 hour:5 def:2 std:8 before:2 after:2 }
           time:int if r.hour==31  std:int if r.std==255  before:int if r.before==3  after:int if r.after==3 }
rules  = { type:byte=1 ns:int stdT:epoch[ns] stdO:offset[ns+1] nw:int wallT:epoch[nw] wallO:offset[nw+1]
           last:rule[byte] }
magic:byte=1 group:utf="TZDB" versions:utf[short] regions:utf[short] rules:rules<short>[short]
links:{ links:{ region:ushort rule:ushort }[short] }[*]
)";

// sun.security.provider.JavaKeyStore.
constexpr const char* jks = R"(# A Java key store of type JKS.
cert = { type:utf der:bytes<int> }
magic:uint=0xFEEDFEED version:int=2
entries:{ kind:int alias:utf created:long
          body:switch(kind){ 1->{ key:bytes<int> chain:cert[int] } 2->cert } }[int]
digest:bytes<20>
)";

// com.sun.crypto.provider.JceKeyStore; a secret key is a SealedObject.
constexpr const char* jceks = R"(# A Java key store of type JCEKS.
cert = { type:utf der:bytes<int> }
magic:uint=0xCECECECE version:int=2
entries:{ kind:int alias:utf created:long
          body:switch(kind){ 1->{ key:bytes<int> chain:cert[int] } 2->cert 3->object } }[int]
digest:bytes<20>
)";

// The Java Virtual Machine Specification, chapter 4.
constexpr const char* class_file = R"(# A compiled Java class (JVMS 4).
cp = { tag:ubyte v:switch(tag){ 1->utf 3->int 4->float 5->long 6->double 7|8|16|19|20->ushort
       9|10|11|12|17|18->{ a:ushort b:ushort } 15->{ kind:ubyte ref:ushort } } }
code = { stack:ushort locals:ushort code:bytes<uint>
         exc:{ start:ushort end:ushort handler:ushort type:ushort }[ushort] attrs:attr[ushort] }
local = { start:ushort length:ushort name:ushort type:ushort index:ushort }
attr = { name:ushort body:switch(pool[name].v){
  "Code"->code
  "ConstantValue"|"SourceFile"|"Signature"|"NestHost"|"ModuleMainClass"->ushort
  "Exceptions"|"NestMembers"|"PermittedSubclasses"|"ModulePackages"->ushort[ushort]
  "LineNumberTable"->{ pc:ushort line:ushort }[ushort]
  "LocalVariableTable"|"LocalVariableTypeTable"->local[ushort]
  "InnerClasses"->{ inner:ushort outer:ushort name:ushort access:ushort }[ushort]
  "EnclosingMethod"->{ class:ushort method:ushort }
  "BootstrapMethods"->{ method:ushort args:ushort[ushort] }[ushort]
  "MethodParameters"->{ name:ushort access:ushort }[ubyte]
  "Record"->{ name:ushort desc:ushort attrs:attr[ushort] }[ushort]
  "Deprecated"|"Synthetic"->none
  else->bytes<*> }<uint> }
member = { access:ushort name:ushort desc:ushort attrs:attr[ushort] }
magic:uint=0xCAFEBABE minor:ushort major:ushort
n:ushort pool:cp[1..n-1 slots tag==5||tag==6 ? 2 : 1]
access:ushort this:ushort super:ushort interfaces:ushort[ushort]
fields:member[ushort] methods:member[ushort] attrs:attr[ushort]
)";

// https://minecraft.wiki/w/NBT_format, uncompressed.
constexpr const char* nbt = R"(# Minecraft's Named Binary Tag, not compressed (gunzip it first).
payload(t) = switch(t){ 1->byte 2->short 3->int 4->long 5->float 6->double 7->byte[int] 8->utf
                        9->{ t:ubyte v:item(t)[int] } 10->tag[until 0:ubyte] 11->int[int] 12->long[int] }
item(t) = switch(t){ 0->none else->payload(t) }
tag = { t:ubyte name:utf v:payload(t) }
t:ubyte name:utf v:payload(t)
)";

// The JDK's src/hotspot/share/services/heapDumper.cpp describes it.
constexpr const char* hprof = R"(# A heap dump in the binary HPROF format.
id = switch(idsize){ 4->uint 8->ulong }
value(t) = switch(t){ 2->id 4->bool 5->char 6->float 7->double 8->byte 9->short 10->int 11->long }
values(t) = switch(t){ 4->bool[n] 5->char[n] 6->float[n] 7->double[n] 8->bytes<n> 9->short[n] 10->int[n] 11->long[n] }
sub = { tag:ubyte body:switch(tag){
  0xFF|5|7->{ id:id }
  1->{ id:id ref:id }
  2|3|8->{ id:id thread:uint frame:int }
  4|6->{ id:id thread:uint }
  0x20->{ id:id stack:uint super:id loader:id signers:id domain:id res1:id res2:id size:uint
          constants:{ index:ushort t:ubyte v:value(t) }[ushort]
          statics:{ name:id t:ubyte v:value(t) }[ushort]
          fields:{ name:id t:ubyte }[ushort] }
  0x21->{ id:id stack:uint class:id data:bytes<uint> }
  0x22->{ id:id stack:uint n:uint class:id v:id[n] }
  0x23->{ id:id stack:uint n:uint t:ubyte v:values(t) } } }
magic:latin1<13>="JAVA PROFILE " version:latin1<5> _:byte=0 idsize:uint ts:long
/
tag:ubyte dt:uint body:switch(tag){
  1->{ id:id s:str<*> }
  2->{ serial:uint id:id stack:uint name:id }
  3->{ serial:uint }
  4->{ id:id method:id sig:id source:id class:uint line:int }
  5->{ serial:uint thread:uint n:uint frames:id[n] }
  0x0A->{ serial:uint id:id stack:uint name:id group:id parent:id }
  0x0B->{ serial:uint }
  0x0C|0x1C->sub[*]
  0x2C->none
  else->bytes<*> }<uint>
)";

// java.util.Currency reads it.
constexpr const char* currency = R"(# A JDK's java/util/currency.data.
magic:latin1<4>="CurD" fmt:int data:int main:int[676]
special:{ cut:long old:utf new:utf oldD:int newD:int oldN:int newN:int }[int]
other:{ cur:utf frac:int num:int }[int]
)";

constexpr std::array all{
    Shipped{"tzdb", "time zone rules, a JDK's lib/tzdb.dat", "\x01\x00\x04TZDB"sv, tzdb},
    Shipped{"jks", "Java key store", "\xfe\xed\xfe\xed"sv, jks},
    Shipped{"jceks", "Java key store with secret keys", "\xce\xce\xce\xce"sv, jceks},
    Shipped{"class", "compiled Java class", "\xca\xfe\xba\xbe"sv, class_file},
    Shipped{"nbt", "Minecraft's Named Binary Tag, not compressed", ""sv, nbt},
    Shipped{"hprof", "Java heap dump", "JAVA PROFILE "sv, hprof},
    Shipped{"currency", "a JDK's currency.data", "CurD"sv, currency},
};

}  // namespace

std::span<const Shipped> shipped() {
    return all;
}

std::string shipped_text(std::string_view name) {
    std::vector<std::string> names;
    for (const Shipped& known : all) {
        if (name == known.name) return known.text;
        names.emplace_back(known.name);
    }
    const std::string near = text::nearest(name, names);
    throw Error(Fault::usage,
                "no schema '@" + std::string(name) + "'" + (near.empty() ? "" : " (did you mean '@" + near + "'?)"),
                "The schemas that come along: @tzdb @jks @jceks @class @nbt @hprof @currency.");
}

std::string shipped_for(std::string_view front) {
    for (const Shipped& known : all) {
        if (known.magic.size() >= 4 && front.size() >= 4 &&
            known.magic.substr(0, front.size()) == front.substr(0, known.magic.size()))
            return known.name;
    }
    return "";
}

}  // namespace bradawl::schema
