/// What compatibility decomposition (Unicode's NFKD) leaves of a text in ASCII: `ü` is `u`, `ﬁ` is `fi`, `Ａ` is `A`.
///
/// Only what a file name may keep is listed: letters, digits, `_`, `.`, `-`, spaces and slashes.
/// Made from Python's `unicodedata` (Unicode 14.0.0), by `Tests/Werkzeug/decomposition.py`.
enum Decomposition {
    /// The bytes of the text; what has no ASCII in its decomposition is left out.
    static func ascii(of text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if scalar.isASCII { bytes.append(UInt8(scalar.value)) } else { append(scalar.value, to: &bytes) }
        }
        return bytes
    }

    private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
        guard let run = runs.last(where: { $0.first <= scalar }) else { return }
        let texts = UnsafeBufferPointer(start: run.texts.utf8Start, count: run.texts.utf8CodeUnitCount)
        var place = run.first
        for byte in texts {
            if byte == ASCII.comma {
                place += 1
                if place > scalar { return }
            } else if place == scalar {
                bytes.append(byte)
            }
        }
    }

    /// Code points that follow each other: the first one, and the texts of all with commas between them.
    private static let runs: [(first: UInt32, texts: StaticString)] = [
        (0xA0, " "),
        (0xA8, " ,,a"),
        (
            0xAF,
            """
             ,,,2,3, ,,,, ,1,o,,14,12,34,,A,A,A,A,A,A,,C,E,E,E,E,I,I,I,I,,N,O,O,O,O,O,,,U,U,U,U,Y,,,a,a,a,a,a,a,\
            ,c,e,e,e,e,i,i,i,i,,n,o,o,o,o,o,,,u,u,u,u,y,,y,A,a,A,a,A,a,C,c,C,c,C,c,C,c,D,d,,,E,e,E,e,E,e,E,e,E,e\
            ,G,g,G,g,G,g,G,g,H,h,,,I,i,I,i,I,i,I,i,I,,IJ,ij,J,j,K,k,,L,l,L,l,L,l,L,l,,,N,n,N,n,N,n,n,,,O,o,O,o,O\
            ,o,,,R,r,R,r,R,r,S,s,S,s,S,s,S,s,T,t,T,t,,,U,u,U,u,U,u,U,u,U,u,U,u,W,w,Y,y,Y,Z,z,Z,z,Z,z,s
            """
        ),
        (0x1A0, "O,o"),
        (0x1AF, "U,u"),
        (0x1C4, "DZ,Dz,dz,LJ,Lj,lj,NJ,Nj,nj,A,a,I,i,O,o,U,u,U,u,U,u,U,u,U,u,,A,a,A,a"),
        (0x1E6, "G,g,K,k,O,o,O,o,,,j,DZ,Dz,dz,G,g,,,N,n,A,a"),
        (0x200, "A,a,A,a,E,e,E,e,I,i,I,i,O,o,O,o,R,r,R,r,U,u,U,u,S,s,T,t,,,H,h"),
        (0x226, "A,a,E,e,O,o,O,o,O,o,O,o,Y,y"),
        (0x2B0, "h,,j,r,,,,w,y"),
        (0x2D8, " , , , , , ,,,,l,s,x"),
        (0x37A, " "),
        (0x384, " , "),
        (0x1D2C, "A,,B,,D,E,,G,H,I,J,K,L,M,N,,O,,P,R,T,U,W,a,,,,b,d,e,,,,g,,k,m,,o,,,,p,t,u,,,v"),
        (0x1D62, "i,r,u,v"),
        (0x1D9C, "c,,,,f"),
        (0x1DBB, "z"),
        (
            0x1E00,
            """
            A,a,B,b,B,b,B,b,C,c,D,d,D,d,D,d,D,d,D,d,E,e,E,e,E,e,E,e,E,e,F,f,G,g,H,h,H,h,H,h,H,h,H,h,I,i,I,i,K,k,\
            K,k,K,k,L,l,L,l,L,l,L,l,M,m,M,m,M,m,N,n,N,n,N,n,N,n,O,o,O,o,O,o,O,o,P,p,P,p,R,r,R,r,R,r,R,r,S,s,S,s,\
            S,s,S,s,S,s,T,t,T,t,T,t,T,t,U,u,U,u,U,u,U,u,U,u,V,v,V,v,W,w,W,w,W,w,W,w,W,w,X,x,X,x,Y,y,Z,z,Z,z,Z,z,\
            h,t,w,y,a,s
            """
        ),
        (
            0x1EA0,
            """
            A,a,A,a,A,a,A,a,A,a,A,a,A,a,A,a,A,a,A,a,A,a,A,a,E,e,E,e,E,e,E,e,E,e,E,e,E,e,E,e,I,i,I,i,O,o,O,o,O,o,\
            O,o,O,o,O,o,O,o,O,o,O,o,O,o,O,o,O,o,U,u,U,u,U,u,U,u,U,u,U,u,U,u,Y,y,Y,y,Y,y,Y,y
            """
        ),
        (0x1FBD, " ,, , , "),
        (0x1FCD, " , , "),
        (0x1FDD, " , , "),
        (0x1FED, " , "),
        (0x1FFD, " , ,, , , , , , , , , , , "),
        (0x2017, " "),
        (0x2024, ".,..,..."),
        (0x202F, " "),
        (0x203E, " "),
        (0x205F, " "),
        (0x2070, "0,i,,,4,5,6,7,8,9"),
        (0x207F, "n,0,1,2,3,4,5,6,7,8,9"),
        (0x2090, "a,e,o,x,,h,k,l,m,n,p,s,t"),
        (0x20A8, "Rs"),
        (
            0x2100,
            """
            a/c,a/s,C,C,,c/o,c/u,,,F,g,H,H,H,h,,I,I,L,l,,N,No,,,P,Q,R,R,R,,,SM,TEL,TM,,Z,,,,Z,,K,A,B,C,,e,E,F,,M\
            ,o
            """
        ),
        (0x2139, "i,,FAX"),
        (0x2145, "D,d,e,i,j"),
        (
            0x2150,
            """
            17,19,110,13,23,15,25,35,45,16,56,18,38,58,78,1,I,II,III,IV,V,VI,VII,VIII,IX,X,XI,XII,L,C,D,M,i,ii,i\
            ii,iv,v,vi,vii,viii,ix,x,xi,xii,l,c,d,m
            """
        ),
        (0x2189, "03"),
        (
            0x2460,
            """
            1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,2\
            0,1.,2.,3.,4.,5.,6.,7.,8.,9.,10.,11.,12.,13.,14.,15.,16.,17.,18.,19.,20.,a,b,c,d,e,f,g,h,i,j,k,l,m,n\
            ,o,p,q,r,s,t,u,v,w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l\
            ,m,n,o,p,q,r,s,t,u,v,w,x,y,z,0
            """
        ),
        (0x2C7C, "j,V"),
        (0x3000, " "),
        (0x309B, " , "),
        (0x3250, "PTE,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35"),
        (0x32B1, "36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,1,2,3,4,5,6,7,8,9,10,11,12,Hg,erg,eV,LTD"),
        (
            0x3358,
            """
            0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,hPa,da,AU,bar,oV,pc,dm,dm2,dm3,IU
            """
        ),
        (
            0x3380,
            """
            pA,nA,A,mA,kA,KB,MB,GB,cal,kcal,pF,nF,F,g,mg,kg,Hz,kHz,MHz,GHz,THz,l,ml,dl,kl,fm,nm,m,mm,cm,km,mm2,c\
            m2,m2,km2,mm3,cm3,m3,km3,ms,ms2,Pa,kPa,MPa,GPa,rad,rads,rads2,ps,ns,s,ms,pV,nV,V,mV,kV,MV,pW,nW,W,mW\
            ,kW,MW,k,M,a.m.,Bq,cc,cd,Ckg,Co.,dB,Gy,ha,HP,in,KK,KM,kt,lm,ln,log,lx,mb,mil,mol,PH,p.m.,PPM,PR,sr,S\
            v,Wb,Vm,Am,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,gal
            """
        ),
        (0xA7F2, "C,F,Q"),
        (0xFB00, "ff,fi,fl,ffi,ffl,st,st"),
        (0xFC5E, " , , , , , "),
        (0xFDFA, "   , "),
        (0xFE19, "..."),
        (0xFE30, "..,,,_,_"),
        (0xFE49, " , , , ,_,_,_,,,."),
        (0xFE63, "-"),
        (0xFE70, " ,, ,, ,, ,, ,, ,, ,, "),
        (0xFF0D, "-,.,/,0,1,2,3,4,5,6,7,8,9"),
        (0xFF21, "A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z"),
        (0xFF3F, "_,,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z"),
        (0xFFE3, " "),
        (0x107A5, "q"),
        (
            0x1D400,
            """
            A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,\
            y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w\
            ,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u\
            ,v,w,x,y,z,A,,C,D,,,G,,,J,K,,,N,O,P,Q,,S,T,U,V,W,X,Y,Z,a,b,c,d,,f,,h,i,j,k,l,m,n,,p,q,r,s,t,u,v,w,x,\
            y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,\
            w,x,y,z,A,B,,D,E,F,G,,,J,K,L,M,N,O,P,Q,,S,T,U,V,W,X,Y,,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w\
            ,x,y,z,A,B,,D,E,F,G,,I,J,K,L,M,,O,,,,S,T,U,V,W,X,Y,,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,\
            y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,\
            w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,\
            u,v,w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,\
            s,t,u,v,w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,\
            q,r,s,t,u,v,w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,m,n,\
            o,p,q,r,s,t,u,v,w,x,y,z,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,a,b,c,d,e,f,g,h,i,j,k,l,\
            m,n,o,p,q,r,s,t,u,v,w,x,y,z
            """
        ),
        (
            0x1D7CE,
            """
            0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9,0,1,2,3,4,5,6,7,8,9
            """
        ),
        (0x1F100, "0.,0,1,2,3,4,5,6,7,8,9"),
        (
            0x1F110,
            """
            A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R,S,T,U,V,W,X,Y,Z,S,C,R,CD,WZ,,A,B,C,D,E,F,G,H,I,J,K,L,M,N,O,P,Q,R\
            ,S,T,U,V,W,X,Y,Z,HV,MV,SD,SS,PPV,WC
            """
        ),
        (0x1F16A, "MC,MD,MR"),
        (0x1F190, "DJ"),
        (0x1FBF0, "0,1,2,3,4,5,6,7,8,9"),
    ]
}
